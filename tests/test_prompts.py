"""The prompts that summ brings, and a user's own in their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from summ.errors import PromptError
from summ.prompts import load_prompts
from summ.tasks.brief import claims_request, summary_request
from summ.tasks.passage import notes_passage
from summ.tasks.translation_request import Manner, translation_request
from tests.documents import ask, opened

OWN = Path(__file__).parent.parent / "prompts"
NAMES = sorted(path.stem for path in OWN.glob("*.md"))
MINE = '+++\ndescription = "Mine."\n+++\n## user\nMINE $article\n'


def test_all_prompts_of_the_folder_are_there() -> None:
    assert {"system", "summary", "notes", "claims", "merge", "translate"} <= set(NAMES)
    assert load_prompts().names() == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_prompt_says_what_it_is_for(name: str) -> None:
    prompt = load_prompts().get(name)
    assert prompt.description.endswith(".")
    assert "\n" not in prompt.description


@pytest.mark.parametrize("name", NAMES)
def test_the_article_comes_before_the_task(name: str) -> None:
    """So that every request about a passage begins with the same tokens."""
    prompt = load_prompts().get(name)
    for role, template in prompt.turns:
        if role == "system":
            assert not list(template.get_identifiers())
        elif "article" in template.get_identifiers():
            assert template.template.startswith("$article\n\n")
            assert template.template.count("$article") == 1


def test_the_tasks_give_every_variable_that_the_prompts_use() -> None:
    _, (passage,) = opened("One fact. Another fact.")
    requests = [
        summary_request(ask(), passage, 4),
        summary_request(ask(), passage, 6, "notes"),
        summary_request(ask(), notes_passage(["a", "b"]), 2, "merge"),
        claims_request(ask(), passage, 5),
        translation_request(load_prompts(), ["Hello."], Manner("English", "Ukrainian"), 2),
    ]
    tasks = [request.task for request in requests]
    assert tasks == ["summary", "summary", "merge", "claims", "translate"]
    for request in requests:
        assert [message.role for message in request.messages] == ["system", "user"]
        assert "<article-" in request.messages[1].content
        assert "$" not in "".join(message.content for message in request.messages)


# --- a folder of the user's own --------------------------------------------------------


def test_an_override_replaces_one_prompt_and_changes_the_hash(tmp_path: Path) -> None:
    (tmp_path / "summary.md").write_text(MINE, encoding="utf-8")
    (tmp_path / "notes.txt").write_text("not a prompt", encoding="utf-8")
    own, mine = load_prompts(), load_prompts(tmp_path)
    assert mine.render("summary", {"article": "A"})[0].content == "MINE A"
    assert mine.get("claims").text == own.get("claims").text
    assert mine.names() == own.names()
    assert mine.sha256 != own.sha256 == load_prompts().sha256


def test_an_editor_may_have_written_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "summary.md").write_text(MINE, encoding="utf-8-sig")
    assert load_prompts(tmp_path).get("summary").description == "Mine."


def test_a_misspelt_override_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "sumary.md").write_text(MINE, encoding="utf-8")
    with pytest.raises(PromptError, match=r"named sumary.*claims.*summary"):
        load_prompts(tmp_path)


def test_a_folder_that_changes_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PromptError, match="no prompt in it"):
        load_prompts(tmp_path)


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PromptError, match="can't be read"):
        load_prompts(tmp_path / "missing")
    with pytest.raises(PromptError, match="can't be read"):
        load_prompts(tmp_path / "nul\0byte")


def test_a_file_in_place_of_the_folder_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "summary.md"
    file.write_text(MINE, encoding="utf-8")
    with pytest.raises(PromptError, match="can't be read"):
        load_prompts(file)


def test_an_override_without_the_article_is_refused(tmp_path: Path) -> None:
    (tmp_path / "claims.md").write_text(MINE.replace("$article", ""), encoding="utf-8")
    with pytest.raises(PromptError, match=r"claims .*does not use \$article"):
        load_prompts(tmp_path)


def test_an_override_that_is_not_text_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "claims.md").write_bytes(b"+++\n\xff\xfe\n+++\n## user\n$article")
    with pytest.raises(PromptError, match="Prompt claims can't be read"):
        load_prompts(tmp_path)


def test_a_folder_named_like_a_prompt_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "claims.md").mkdir()
    with pytest.raises(PromptError, match="Prompt claims can't be read"):
        load_prompts(tmp_path)


def test_an_override_may_not_take_the_system_text_away(tmp_path: Path) -> None:
    (tmp_path / "system.md").write_text("+++\n+++\n## user\nBe nice.\n", encoding="utf-8")
    with pytest.raises(PromptError, match="no section headed ## system"):
        load_prompts(tmp_path)


def test_an_unknown_variable_shows_before_anything_is_asked(tmp_path: Path) -> None:
    (tmp_path / "merge.md").write_text(MINE.replace("MINE", "$sentence"), encoding="utf-8")
    with pytest.raises(PromptError, match=r"merge uses \$sentence") as caught:
        load_prompts(tmp_path)
    assert "$article" in caught.value.hint
