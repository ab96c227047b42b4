"""Prompt files: what is accepted, what is refused, and what a model gets to see."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summ.errors import PromptError
from summ.model import Message
from summ.tasks.prompting import PromptSet, parse_prompt

GOOD = '+++\ndescription = "What it does."\n+++\n## user\n$article\n\nSay it in $language.\n'


def test_a_prompt_has_name_description_and_variables() -> None:
    prompt = parse_prompt("summary", GOOD)
    assert (prompt.name, prompt.description) == ("summary", "What it does.")
    assert prompt.variables == {"article", "language"}
    assert prompt.text == GOOD


def test_sections_become_messages_in_order() -> None:
    text = (
        "+++\n+++\n## system\nBe brief.\n## user\nHello\n\n## assistant\nYes?\n## user\n$article\n"
    )
    messages = PromptSet([parse_prompt("x", text)]).render("x", {"article": "A."})
    assert messages == (
        Message("system", "Be brief."),
        Message("user", "Hello"),
        Message("assistant", "Yes?"),
        Message("user", "A."),
    )


def test_line_ends_of_windows_are_accepted() -> None:
    crlf = parse_prompt("x", GOOD.replace("\n", "\r\n"))
    assert crlf.turns[0][1].template == parse_prompt("x", GOOD).turns[0][1].template


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "front matter"),
        ("## user\nhello\n", "front matter"),
        ('\n+++\ndescription = "late"\n+++\n## user\nx', "front matter"),
        ("+++\n## user\nnever closed\n", "front matter"),
        ("+++\ndescription = none\n+++\n## user\nx\n", "not TOML"),
        ('+++\ndescribtion = "x"\n+++\n## user\nx\n', "unknown key, describtion"),
        ("+++\ndescription = 3\n+++\n## user\nx\n", "not a string"),
        ("+++\n+++\njust text\n", "sections"),
        ("+++\n+++\n", "sections"),
        ("+++\n+++\nlost words\n## user\nx\n", "sections"),
        ("+++\n+++\n## robot\nx\n", "'robot'"),
        ("+++\n+++\n## user\n\n  \n", "empty section"),
        ("+++\n+++\n## system\n## user\nx\n", "empty section"),
        ("+++\n+++\n## user\nIt costs $5.\n", "stray dollar"),
        ("+++\n+++\n## user\nends with $\n", "stray dollar"),
        ("+++\n+++\n## user\n${article\n", "stray dollar"),
    ],
)
def test_what_is_wrong_with_a_prompt_is_said(text: str, part: str) -> None:
    with pytest.raises(PromptError) as caught:
        parse_prompt("mine", text)
    assert part in str(caught.value)
    assert "mine" in str(caught.value)
    assert "\n" not in caught.value.message


@settings(deadline=None)
@given(st.text(max_size=80) | st.text(max_size=60).map(lambda body: f"+++\n+++\n## user\n{body}"))
def test_no_file_breaks_the_parser(text: str) -> None:
    try:
        prompt = parse_prompt("x", text)
    except PromptError:
        return
    values = dict.fromkeys(prompt.variables, "v")
    assert PromptSet([prompt]).render("x", values)


def test_two_dollars_are_one() -> None:
    prompts = PromptSet([parse_prompt("x", "+++\n+++\n## user\n$$5 for $$article: $article")])
    (message,) = prompts.render("x", {"article": "A"})
    assert message.content == "$5 for $article: A"


@settings(deadline=None)
@given(st.text(max_size=60) | st.sampled_from(["$language", "${language}", "$$", "$", "\\1"]))
def test_what_is_put_in_is_never_looked_at_again(article: str) -> None:
    prompts = PromptSet([parse_prompt("x", "+++\n+++\n## user\n<$article|$language>")])
    (message,) = prompts.render("x", {"article": article, "language": "SECRET"})
    assert message.content == f"<{article}|SECRET>"


def test_a_variable_that_is_not_given_is_named() -> None:
    prompts = PromptSet([parse_prompt("x", "+++\n+++\n## user\n$artikel")])
    with pytest.raises(PromptError, match=r"\$artikel.*\$article.*\$count"):
        prompts.render("x", {"article": "A", "count": "3"})


def test_variables_that_are_not_used_do_no_harm() -> None:
    prompts = PromptSet([parse_prompt("x", "+++\n+++\n## user\nhello")])
    assert prompts.render("x", {"article": "A"}) == (Message("user", "hello"),)


# --- the system text of another prompt -------------------------------------------------

SYSTEM = parse_prompt("system", "+++\n+++\n## system\nEdit $language with care.\n")
TASK = parse_prompt("task", '+++\nsystem = "system"\n+++\n## user\n$article\n')


def test_a_prompt_takes_the_system_text_of_another() -> None:
    messages = PromptSet([TASK, SYSTEM]).render("task", {"article": "A", "language": "Greek"})
    assert messages == (Message("system", "Edit Greek with care."), Message("user", "A"))


def test_system_text_that_does_not_exist_is_refused() -> None:
    with pytest.raises(PromptError, match=r"task .* system"):
        PromptSet([TASK])


def test_system_text_from_a_prompt_without_any_is_refused() -> None:
    empty = parse_prompt("system", "+++\n+++\n## user\nNot a system section.\n")
    with pytest.raises(PromptError, match=r"no section headed ## system"):
        PromptSet([TASK, empty])


def test_an_unknown_prompt_is_an_error_that_lists_the_known() -> None:
    prompts = PromptSet([TASK, SYSTEM])
    assert prompts.names() == ["system", "task"]
    with pytest.raises(PromptError, match=r"'tsak'.*system, task"):
        prompts.get("tsak")
    with pytest.raises(PromptError, match="'tsak'"):
        prompts.render("tsak", {})


# --- the hash in every report ----------------------------------------------------------


def test_the_hash_changes_with_any_prompt_and_not_with_their_order() -> None:
    a, b = parse_prompt("a", GOOD), parse_prompt("b", GOOD)
    hashes = {
        PromptSet([a, b]).sha256,
        PromptSet([a]).sha256,
        PromptSet([b]).sha256,
        PromptSet([a, parse_prompt("b", GOOD + "!")]).sha256,
        PromptSet([a, parse_prompt("c", GOOD)]).sha256,
    }
    assert len(hashes) == 5
    assert PromptSet([b, a]).sha256 == PromptSet([a, b]).sha256
    assert len(PromptSet([a]).sha256) == 64
