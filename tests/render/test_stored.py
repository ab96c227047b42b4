from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summ.model import Report
from summ.render.stored import decode, encode
from tests.reports import (
    HOSTILE,
    MARKUP,
    bridge_report,
    hostile_texts,
    market_report,
    mill_report,
    reports,
)

REPORTS = [bridge_report(), market_report(), mill_report()]
_TEXTS = st.text(max_size=30) | st.sampled_from([*HOSTILE.values(), *MARKUP])


def kept(report: Report) -> bytes:
    data = encode(report)
    assert data is not None
    return data


@pytest.mark.parametrize("report", REPORTS)
def test_a_report_comes_back_as_it_was(report: Report) -> None:
    back = decode(kept(report))
    assert back == report
    assert back is not None
    assert repr(back) == repr(report)
    assert back.run.small == report.run.small


@given(reports(_TEXTS))
@settings(max_examples=60)
def test_any_report_comes_back_as_it_was(report: Report) -> None:
    back = decode(kept(report))
    assert back == report
    assert repr(back) == repr(report)


@given(hostile_texts())
def test_a_text_comes_back_or_the_report_is_refused(text: str) -> None:
    report = replace(REPORTS[0], source=replace(REPORTS[0].source, uri=text))
    data = encode(report)
    if data is None:
        with pytest.raises(UnicodeEncodeError):
            text.encode()
    else:
        assert decode(data) == report


def test_a_number_beyond_64_bits_is_refused() -> None:
    source = replace(REPORTS[0].source, characters=2**64)
    assert encode(replace(REPORTS[0], source=source)) is None


@given(st.binary(max_size=200))
def test_garbage_is_no_report(garbage: bytes) -> None:
    mark = kept(REPORTS[0])[:8]
    assert decode(garbage) is None
    assert decode(mark + garbage) is None


def test_a_cut_report_is_none() -> None:
    data = kept(REPORTS[0])
    assert all(decode(data[:end]) is None for end in range(len(data)))


def test_turned_bytes_give_a_well_typed_report_or_none() -> None:
    data = kept(REPORTS[2])
    for place in range(len(data)):
        turned = bytearray(data)
        turned[place] ^= 0xFF
        back = decode(bytes(turned))
        assert back is None or isinstance(back, Report)


@pytest.mark.parametrize(
    "body", [b"\x91" * 200_000, b"\xdd\xff\xff\xff\xff", b"\xc6\xff\xff\xff\xff", b"\x80", b"\xc0"]
)
def test_hostile_lengths_and_depths_are_no_report(body: bytes) -> None:
    assert decode(kept(REPORTS[0])[:8] + body) is None


def test_a_report_of_another_shape_is_none() -> None:
    data = kept(REPORTS[0])
    assert decode(bytes([data[0] ^ 1]) + data[1:]) is None


@pytest.mark.parametrize(
    "wrong",
    [
        replace(REPORTS[0], schema_version=2),
        replace(REPORTS[0], summary=()),
        replace(REPORTS[0], claims=REPORTS[0].claims[1:]),
        replace(REPORTS[0], run=replace(REPORTS[0].run, calls="3")),  # type: ignore[arg-type]
        replace(
            REPORTS[2],
            translations=(
                replace(
                    REPORTS[2].translations[0],
                    segments=(replace(REPORTS[2].translations[0].segments[0], kind="poem"),),  # type: ignore[arg-type]
                ),
            ),
        ),
    ],
)
def test_what_is_not_as_a_report_has_to_be_is_none(wrong: Report) -> None:
    assert decode(kept(wrong)) is None


def test_the_shape_is_the_same_in_every_process() -> None:
    code = (
        "import sys; from summ.render.stored import encode; from tests.reports import *; "
        "sys.stdout.buffer.write(encode(bridge_report()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout == encode(bridge_report())
