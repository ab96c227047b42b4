"""A text as long as a shelf of books, through the whole program."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.helpers import clean_env
from tests.fake_endpoint import FakeEndpoint
from tests.long_texts import harbour
from tests.scripted_model import ObedientModel, shown_lines, task_of

MOST_MIB = 300
"""Peak memory of the process; 200 were seen, 100 of them Python, the SDK and the tokenizer."""

STATUS = Path("/proc/self/status")

# What the system tells of a child counts its parent's memory in, from before it was one.
MEASURED = f"""
import pathlib, sys
from summ.cli.app import main
try:
    main()
finally:
    status = pathlib.Path({str(STATUS)!r}).read_text()
    print(status.partition("VmHWM:")[2].split()[0], file=sys.stderr)
"""


@pytest.mark.skipif(not STATUS.exists(), reason="needs /proc")
def test_three_megabytes_are_read_whole_in_little_memory(
    endpoint: FakeEndpoint, tmp_path: Path
) -> None:
    text = harbour(20_000)
    assert len(text) > 3_000_000
    article, target = tmp_path / "shelf.txt", tmp_path / "out.json"
    article.write_text(text, encoding="utf-8")
    endpoint.respond = ObedientModel()
    started = time.monotonic()
    words = [str(article), "--base-url", endpoint.base_url, "-m", "m", "-o", str(target)]
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *words],
        env=clean_env(tmp_path),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=100,
        check=True,
    )
    mib = int(done.stderr) / 2**10
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
