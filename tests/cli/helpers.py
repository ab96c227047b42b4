from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from summ.cli.app import app

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = [sys.executable, "-m", "summ"]


def clean_env(home: Path, extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a user who has set nothing up."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SUMM_", "OPENAI_", "LC_", "LANG", "XDG_", "NO_COLOR"))
    }
    return {**kept, "HOME": str(home), "PYTHONPATH": str(ROOT), **(extra or {})}


def summ(
    *args: str | Path, home: Path, env: Mapping[str, str] | None = None, **more: Any
) -> subprocess.CompletedProcess[bytes]:
    """Run summ as a process, to its end."""
    more.setdefault("stdin", subprocess.DEVNULL) if "input" not in more else None
    return subprocess.run(
        [*PROGRAM, *map(str, args)],
        env=clean_env(home, env),
        capture_output="stdout" not in more,
        timeout=60,
        check=False,
        **more,
    )


def here(*args: str | Path, input: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run summ in this process, which is many times faster; a crash is raised."""
    words = [*map(str, args)]
    result = CliRunner().invoke(app, words, input=input)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return subprocess.CompletedProcess(
        words, result.exit_code, result.stdout_bytes, result.stderr_bytes
    )


def shell(
    script: str, home: Path, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run a bash script in which `$SUMM` is summ."""
    words = " ".join(f"'{word}'" for word in PROGRAM)
    return subprocess.run(
        ["bash", "-c", f'summ() {{ {words} "$@"; }}\n{script}'],
        env=clean_env(home, env),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
    )
