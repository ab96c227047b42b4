"""What the documentation says is what the program does."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from summ import errors
from summ.cli import streams
from summ.model import INFORMATION
from tests.cli.helpers import clean_env, here
from tests.documents import EN, UK
from tests.fake_endpoint import FakeEndpoint
from tests.scripted_model import ScriptedModel

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def usage_lines() -> list[str]:
    """The commands of README's usage block, without their comments."""
    block = README.split("## Use it", 1)[1].split("\n\n", 2)[1]
    return [line.split("  #")[0].strip() for line in block.splitlines() if line.strip()]


def in_bash(command: str, env: dict[str, str]) -> subprocess.CompletedProcess[bytes]:
    """What a shell makes of a command, where the program is a process."""
    script = f'summ() {{ "{sys.executable}" -m summ "$@"; }}\nset -o pipefail\n{command}'
    return subprocess.run(
        ["bash", "-c", script],
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("command", usage_lines())
def test_every_command_of_the_readme_works(
    command: str, endpoint: FakeEndpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoint.respond = ScriptedModel()
    monkeypatch.chdir(tmp_path)
    (tmp_path / "articles").mkdir()
    for name, text in (("article", EN), ("articles/one", EN), ("articles/two", UK)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "summary.txt").write_text("The council voted 9 to 4.", encoding="utf-8")
    own = {"OPENAI_BASE_URL": endpoint.base_url, "OPENAI_API_KEY": "sk-test"}
    if re.search("[|>&;$]", command):
        done = in_bash(command, clean_env(tmp_path, own))
    else:
        for name, value in own.items():
            monkeypatch.setenv(name, value)
        program, *words = shlex.split(command)
        assert program == "summ"
        done = here(
            *(name for word in words for name in sorted(map(str, Path().glob(word))) or [word])
        )
    assert done.returncode == 0, done.stderr
    assert done.stdout or list((tmp_path / "reports").iterdir())


def test_the_readme_lists_every_exit_code() -> None:
    listed = {int(code) for code in re.findall(r"\b(\d+)\b", _table("## Exit codes", column=0))}
    kinds = {
        kind.exit_code
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, errors.SummError)
    }
    assert listed == {0, streams.READER_GONE, 130, 143} | kinds


def test_the_readme_lists_every_code_of_a_finding() -> None:
    listed = set(re.findall(r"`([a-z-]+)`", _table("Findings carry stable codes", column=0)))
    used = set(INFORMATION)
    for path in (ROOT / "summ").rglob("*.py"):
        code = path.read_text(encoding="utf-8")
        used |= set(re.findall(r'Finding\(\s*f?"([a-z-]+)"', code))
        if path.parent.name == "checks":
            kinds = "not|in|is|differs|lost|added|word"
            used |= set(re.findall(rf'"([a-z]+-(?:{kinds})[a-z-]*)"', code))
    used |= {"summary-failed", "claims-failed", "not-answered"}  # made from names
    assert used <= listed
    assert listed <= used


def _table(after: str, column: int) -> str:
    """The cells of one column of the first table behind `after`."""
    lines = README.split(after, 1)[1].splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("|"))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append(line.split("|")[1 + column])
    return "\n".join(rows)


EXAMPLES = sorted((ROOT / "examples").glob("*.json"))


def test_every_example_article_has_its_reports_in_three_languages() -> None:
    articles = {path.stem for path in (ROOT / "examples").glob("*.txt")}
    assert len(articles) >= 4
    assert articles == {path.stem for path in EXAMPLES}
    assert articles == {path.stem for path in (ROOT / "examples").glob("*.md")}
    languages = {json.loads(path.read_text("utf-8"))["source"]["language"] for path in EXAMPLES}
    assert {"en", "uk", "de"} <= languages


@pytest.mark.parametrize("report", EXAMPLES, ids=lambda path: path.stem)
def test_every_evidence_of_the_examples_is_in_its_article(report: Path) -> None:
    data = json.loads(report.read_text(encoding="utf-8"))
    text = (ROOT / data["source"]["uri"]).read_text(encoding="utf-8")
    assert data["summary"]
    assert data["claims"]
    for statement in data["summary"] + data["claims"]:
        for evidence in statement["evidence"]:
            assert text[evidence["start"] : evidence["end"]] == evidence["quote"]
