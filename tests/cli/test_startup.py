from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.helpers import clean_env

NETWORK = {"openai", "pydantic", "httpx", "httpx2", "requests", "urllib3", "http.client", "aiohttp"}
HEAVY = NETWORK | {
    "rich",
    "tiktoken",
    "regex",
    "langdetect",
    "babel",
    "asyncio",
    "charset_normalizer",
}


def loaded(tmp_path: Path, *args: str) -> tuple[int, set[str]]:
    """Exit code of summ with `args`, and the modules it has loaded by then."""
    code = (
        "import sys\nfrom summ.cli.app import main\n"
        "try:\n    main()\nexcept SystemExit as leaving:\n"
        "    print(leaving.code, *sys.modules, file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *args],
        env=clean_env(tmp_path),
        input=b"One sentence. Another one.",
        capture_output=True,
        timeout=60,
        check=True,
    )
    number, *modules = done.stderr.decode().splitlines()[-1].split()
    return int(number), set(modules)


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["--version"], 0),
        (["--help"], 0),
        (["-h"], 0),
        (["report", "--help"], 0),
        (["--no-such-flag"], 2),
        (["claims", "--length", "2"], 2),
        (["report", "--claims"], 2),
        (["models", "nonsense"], 2),
        (["prompts", "show"], 2),
        (["--claims", "many"], 2),
        (["--json", "-f", "md"], 2),
        (["a.txt", "b.txt", "--json"], 2),
        (["a.txt", "b.txt", "-o", "all.md"], 2),
        (["chunk", "--max-tokens", "none"], 2),
        (["translate", "a.txt"], 2),
        (["a.txt", "--full-text"], 2),
        (["a.txt", "--formality", "odd"], 2),
        (["prompts", "--nope"], 2),
    ],
)
def test_answers_about_usage_load_nothing_heavy(tmp_path: Path, args: list[str], code: int) -> None:
    number, modules = loaded(tmp_path, *args)
    assert number == code
    assert not HEAVY & modules


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["missing.txt"], 3),
        (["https://example.org/"], 3),
        (["schema"], 0),
        (["config"], 0),
        (["config", "--json"], 0),
        (["chunk", "-"], 0),
        (["chunk", "--json", "--max-tokens", "5"], 0),
    ],
)
def test_commands_without_a_model_load_no_client(
    tmp_path: Path, args: list[str], code: int
) -> None:
    number, modules = loaded(tmp_path, *args)
    assert number == code
    assert not NETWORK & modules
