from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summ.llm.cache_key import request_key
from summ.llm.port import Endpoint
from summ.model import Message, Request
from tests.llm.helpers import SCHEMA, at, request

URL = "https://api.example.org/v1?version=2"
END = at(URL)

_TEXTS = st.text(st.characters(codec=None), max_size=12)
_BODIES = st.dictionaries(_TEXTS, _TEXTS | st.integers() | st.booleans() | st.none(), max_size=2)


@st.composite
def asked(draw: st.DrawFn) -> tuple[Endpoint, Request, int]:
    end = at(
        draw(st.sampled_from([URL, "http://127.0.0.1:8080", "http://[::1]/v1"])),
        model=draw(_TEXTS),
        label=draw(st.sampled_from([None, "built-in", "http://127.0.0.1:8080"])),
        extra_body=draw(_BODIES),
    )
    messages = draw(
        st.lists(
            st.builds(Message, st.sampled_from(["system", "user", "assistant"]), _TEXTS),
            max_size=3,
        )
    )
    one = Request(
        task=draw(_TEXTS),
        messages=tuple(messages),
        max_tokens=draw(st.integers(1, 3)),
        schema=draw(st.none() | _BODIES),
        temperature=draw(st.sampled_from([0.0, 0.5, 1.0])),
    )
    return end, one, draw(st.integers(0, 2))


def _said(end: Endpoint, one: Request, step: int) -> Any:
    """What a reply depends on."""
    where = end.label or ("url", end.base_url)
    # As JSON has them: True is not 1 there.
    schema = one.schema if one.schema is None else repr(list(one.schema.items()))
    further = repr(list(end.extra_body.items()))
    fields = (one.task, one.messages, one.max_tokens, schema, one.temperature)
    return where, end.model, fields, further, step


@given(asked(), asked())
def test_keys_are_the_same_exactly_when_everything_is(
    first: tuple[Endpoint, Request, int], second: tuple[Endpoint, Request, int]
) -> None:
    same = _said(*first) == _said(*second)
    assert (request_key(*first) == request_key(*second)) == same
    assert len(request_key(*first)) == 32


@pytest.mark.parametrize(
    ("end", "one", "step"),
    [
        (at("https://api.example.org/v2?version=2"), request(), 0),
        (at("https://api.example.org/v1?version=3"), request(), 0),
        (at("https://api.example.org/v1"), request(), 0),
        (at("http://api.example.org/v1?version=2"), request(), 0),
        (at("https://api.example.org:444/v1?version=2"), request(), 0),
        (at("https://other.example.org/v1?version=2"), request(), 0),
        (replace(END, label=URL), request(), 0),
        (replace(END, model="fake-2"), request(), 0),
        (replace(END, extra_body={"seed": 1}), request(), 0),
        (END, request(task="merge"), 0),
        (END, request(messages=(Message("system", "Be brief."),)), 0),
        (END, request(messages=(*request().messages, Message("user", ""))), 0),
        (END, request(messages=tuple(Message("user", m.content) for m in request().messages)), 0),
        (END, request(messages=request().messages[::-1]), 0),
        (END, request(None), 0),
        (END, request({}), 0),
        (END, request({**SCHEMA, "required": []}), 0),
        (END, request(dict(reversed(SCHEMA.items()))), 0),
        (END, request(max_tokens=65), 0),
        (END, request(temperature=0.1), 0),
        (END, request(), 1),
    ],
)
def test_any_single_difference_gives_another_key(end: Endpoint, one: Request, step: int) -> None:
    assert request_key(end, one, step) != request_key(END, request(), 0)


@pytest.mark.parametrize(
    ("end", "one"),
    [
        (replace(END, api_key="sk-another"), request()),
        (replace(END, timeout=1.0, retries=9, jobs=64, local_only=True), request()),
        (replace(END, context=9, comfortable=9, group=9, small=True), request()),
        (at("https://user:secret@api.example.org/v1?version=2"), request()),
        (at("https://api.example.org/v1/?version=2"), request()),
        (replace(END, extra_body=MappingProxyType({})), request()),
        (END, request(again=False)),
        (END, request(temperature=0)),
        (END, replace(request(), schema=MappingProxyType(SCHEMA))),
    ],
)
def test_what_does_not_change_the_reply_does_not_change_the_key(
    end: Endpoint, one: Request
) -> None:
    assert request_key(end, one, 0) == request_key(END, request(), 0)


def test_a_label_counts_instead_of_an_address_that_changes_with_every_start() -> None:
    keys = {
        request_key(at(f"http://127.0.0.1:{port}/v1", label="built-in"), request(), 0)
        for port in (4001, 4002)
    }
    assert len(keys) == 1


def test_halves_of_a_character_are_not_the_character() -> None:
    keys = {
        request_key(END, request(messages=(Message("user", text),)), 0)
        for text in ("\U0001f600", "\ud83d\ude00", "\\ud83d\\ude00", "\ud83d", "\ufffd", "?")
    }
    assert len(keys) == 6


@pytest.mark.parametrize("url", ["", "http://[", "no url", "http://\ud800/"])
def test_no_url_crashes_it(url: str) -> None:
    assert len(request_key(at(url), request(), 0)) == 32


def test_the_key_is_the_same_in_every_process() -> None:
    code = "from tests.llm.test_cache_key import *; print(request_key(END, request(), 3).hex())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == request_key(END, request(), 3).hex()


def test_long_messages_take_linear_time() -> None:
    def seconds(length: int) -> float:
        one = request(messages=(Message("user", 'Слово " \\ \n' * length),))
        start = time.perf_counter()
        request_key(END, one, 0)
        return time.perf_counter() - start

    seconds(10)
    assert min(seconds(200_000) for _ in range(3)) < 40 * max(
        0.001, min(seconds(20_000) for _ in range(3))
    )
