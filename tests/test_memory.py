"""A text as long as a shelf of books, through the whole program."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.helpers import PROGRAM, clean_env
from tests.fake_endpoint import FakeEndpoint
from tests.long_texts import harbour
from tests.scripted_model import ObedientModel, shown_lines, task_of

MOST_MIB = 300
"""Peak memory of the process; 200 were seen, 100 of them Python, the SDK and the tokenizer."""


@pytest.mark.skipif(sys.platform == "win32", reason="needs wait4")
def test_three_megabytes_are_read_whole_in_little_memory(
    endpoint: FakeEndpoint, tmp_path: Path
) -> None:
    text = harbour(20_000)
    assert len(text) > 3_000_000
    article, target = tmp_path / "shelf.txt", tmp_path / "out.json"
    article.write_text(text, encoding="utf-8")
    endpoint.respond = ObedientModel()
    started = time.monotonic()
    with subprocess.Popen(
        [*PROGRAM, str(article), "--base-url", endpoint.base_url, "-m", "m", "-o", str(target)],
        env=clean_env(tmp_path),
        stdin=subprocess.DEVNULL,
    ) as program:
        _, status, used = os.wait4(program.pid, 0)
        program.returncode = os.waitstatus_to_exitcode(status)
    assert program.returncode == 0
    mib = used.ru_maxrss / (2**10 if sys.platform == "linux" else 2**20)
    assert mib < MOST_MIB, f"{mib:.0f} MiB at the peak"
    assert time.monotonic() - started < 60
    report = json.loads(target.read_text(encoding="utf-8"))
    assert report["coverage"]["sent"] == report["coverage"]["characters"] == len(text)
    assert report["coverage"]["missing"] == []
    assert report["source"]["sentences"] == 40_000
    asked = [one.body for one in endpoint.requests if task_of(one.body) == "claims"]
    lines = [number for body in asked for number in shown_lines(body)]
    assert sorted(lines) == list(range(1, 40_001))
    for statement in report["summary"] + report["claims"]:
        for evidence in statement["evidence"]:
            assert text[evidence["start"] : evidence["end"]] == evidence["quote"]
