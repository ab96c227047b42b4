"""Counts are those of the published encodings, offline, and never crash."""

from __future__ import annotations

import base64
import hashlib
import importlib
import inspect
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summ.errors import ConfigError
from summ.text import tokens
from summ.text.tokens import TokenCounter, counter_for, load_encoding, utf8_length
from tests.text.make_ranks import pack

published = importlib.import_module("tiktoken_ext.openai_public")
PUBLISHED_SHA256 = {
    "o200k_base": "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d",
    "cl100k_base": "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7",
}
NAMES = sorted(PUBLISHED_SHA256)
TEXTS = st.text(max_size=300) | st.text("aAé1 \n\t.'sії中。🇺🇦\u0301\u200d\ud800", max_size=300)
EXACT = TokenCounter("o200k_base")


def published_file(name: str) -> bytes:
    """The `.tiktoken` file, written anew from the encoding in use."""
    ranked = sorted(load_encoding(name)._mergeable_ranks.items(), key=lambda item: item[1])
    return b"".join(base64.b64encode(token) + b" %d\n" % rank for token, rank in ranked)


@pytest.mark.parametrize("name", NAMES)
def test_the_data_are_the_published_data(name: str) -> None:
    rebuilt = published_file(name)
    assert hashlib.sha256(rebuilt).hexdigest() == PUBLISHED_SHA256[name]
    assert PUBLISHED_SHA256[name] in inspect.getsource(getattr(published, name))
    packed = files("summ.text._ranks").joinpath(f"{name}.bin").read_bytes()
    assert hashlib.sha256(packed).hexdigest() == tokens.SHA256[name]
    assert pack(rebuilt)[:4] == len(rebuilt.splitlines()).to_bytes(4, "big")


@pytest.mark.parametrize("name", NAMES)
def test_pattern_and_special_tokens_are_those_of_tiktoken(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # tiktoken's own definition, with its download (not ours) left out.
    monkeypatch.setattr(published, "load_tiktoken_bpe", lambda *_, **__: {})
    theirs = published.ENCODING_CONSTRUCTORS[name]()
    ours = load_encoding(name)
    assert ours._pat_str == theirs["pat_str"]
    assert ours._special_tokens == theirs["special_tokens"]


def test_known_ids() -> None:
    assert load_encoding("o200k_base").encode_ordinary("hello world") == [24912, 2375]
    assert load_encoding("cl100k_base").encode_ordinary("hello world") == [15339, 1917]


@pytest.mark.parametrize(
    ("damage", "expected"), [("missing", "damaged"), ("cut", "damaged"), ("flipped", "damaged")]
)
def test_a_damaged_install_says_so(tmp_path: Path, damage: str, expected: str) -> None:
    package = Path(tokens.__file__).parents[1]
    shutil.copytree(package, tmp_path / "summ", ignore=shutil.ignore_patterns("__pycache__"))
    data = tmp_path / "summ/text/_ranks/cl100k_base.bin"
    content = data.read_bytes()
    if damage == "missing":
        data.unlink()
    elif damage == "cut":
        data.write_bytes(content[:-1])
    else:
        data.write_bytes(content[:5000] + bytes([content[5000] ^ 1]) + content[5001:])
    program = (
        "from summ.errors import ConfigError\n"
        "from summ.text.tokens import load_encoding\n"
        "try: load_encoding('cl100k_base')\n"
        "except ConfigError as error: print(error)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert expected in run.stdout
    assert "Install summ again" in run.stdout


def test_an_encoding_that_is_not_shipped() -> None:
    with pytest.raises(ConfigError):
        load_encoding("p50k_base")


@pytest.mark.parametrize("name", NAMES)
@given(text=TEXTS)
@settings(max_examples=150, deadline=None)
def test_a_short_text_counts_as_the_encoding_says(name: str, text: str) -> None:
    counter = TokenCounter(name)
    count = counter.count(text)
    assert count == len(load_encoding(name).encode_ordinary(text))
    assert count <= utf8_length(text)
    assert counter.fits(text, count)
    assert not count or not counter.fits(text, count - 1)


@given(text=TEXTS, size=st.integers(1, 40))
@settings(max_examples=200, deadline=None)
def test_windows_never_count_below_the_whole(text: str, size: int) -> None:
    encoding = load_encoding("o200k_base")
    parts = list(tokens._windows(text, size))
    assert "".join(part for part, _ in parts) == text
    summed = sum(len(encoding.encode_ordinary(part)) + slack for part, slack in parts)
    whole = len(encoding.encode_ordinary(text))
    assert summed >= whole
    if not any(slack for _, slack in parts):
        assert summed == whole


# A million spaces abort the tokenizer when they are handed over at once.
@pytest.mark.parametrize(
    ("unit", "times"),
    [(" ", 1_000_000), *((unit, 150_000) for unit in ("\n", "a", "中", "!", "e\u0301", "\ud800"))],
)
def test_much_of_anything_is_counted(unit: str, times: int) -> None:
    text = unit * times
    assert 0 < EXACT.count(text) <= EXACT.upper_bound(text)


def test_special_tokens_are_text() -> None:
    assert EXACT.count("<|endoftext|>") > 1
    assert TokenCounter("cl100k_base").count("<|fim_prefix|>") > 1


def test_a_text_that_fits_by_its_length_loads_no_tokenizer() -> None:
    program = (
        "import sys\n"
        "from summ.text.tokens import counter_for\n"
        "from summ.text.chunking import chunk_text\n"
        "assert counter_for('llama3').fits('Привіт. Hello.', 60)\n"
        "assert len(chunk_text('A text. Another one.', 20)) == 1\n"
        "print('tiktoken' in sys.modules)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "False"


def test_no_cache_folder_is_used(tmp_path: Path) -> None:
    program = "from summ.text.tokens import load_encoding; load_encoding('cl100k_base')"
    cache = tmp_path / "cache"
    env = {"TIKTOKEN_CACHE_DIR": str(cache), "TMPDIR": str(tmp_path), "HOME": str(tmp_path)}
    subprocess.run([sys.executable, "-c", program], env=env, check=True)
    assert list(tmp_path.iterdir()) == []


@given(text=TEXTS, budget=st.integers(1, 50))
@settings(max_examples=150, deadline=None)
def test_a_prefix_costs_about_its_budget(text: str, budget: int) -> None:
    length = EXACT.prefix(text, budget)
    assert min(1, len(text)) <= length <= len(text)
    if length > 1:
        assert EXACT.count(text[:length]) <= budget + 4


@given(text=TEXTS)
@settings(max_examples=150, deadline=None)
def test_another_models_count_is_never_below_and_has_a_bound(text: str) -> None:
    counter = counter_for("llama3.1")
    assert EXACT.count(text) <= counter.count(text) <= counter.upper_bound(text)


def test_the_margin_follows_the_script() -> None:
    counter = counter_for("qwen2.5:7b")

    def ratio(text: str) -> float:
        return counter.count(text * 20) / EXACT.count(text * 20)

    assert 1.29 < ratio("The ministers agreed on a new plan for the river. ") < 1.32
    assert 1.5 < ratio("Міністри погодили новий план для річки. ") < 1.65
    assert 1.0 < ratio("部长们就这条河的新计划达成一致。") < 1.2
    assert 3.5 < ratio("मंत्रियों ने नदी के लिए एक नई योजना पर सहमति जताई। ") < 3.9
    assert ratio("1234 5678 9012 ") > 2.1


def test_ten_times_one_point_one_is_eleven() -> None:
    assert (
        TokenCounter("o200k_base", 1.1).count("one two three four five six seven eight nine ten")
        == 11
    )


@pytest.mark.parametrize(
    ("model", "encoding", "by_script"),
    [
        ("gpt-4o", "o200k_base", False),
        ("gpt-4o-mini-2024-07-18", "o200k_base", False),
        ("openai/gpt-5-mini", "o200k_base", False),
        ("openrouter/openai/gpt-6", "o200k_base", False),
        ("gpt-4.1-nano", "o200k_base", False),
        ("chatgpt-4o-latest", "o200k_base", False),
        ("ft:gpt-4o-mini:acme::abc", "o200k_base", False),
        ("o1", "o200k_base", False),
        ("o3-mini", "o200k_base", False),
        ("o4-mini", "o200k_base", False),
        ("gpt-oss-120b", "o200k_base", False),
        ("GPT-4", "cl100k_base", False),
        ("gpt-4-turbo", "cl100k_base", False),
        ("gpt-3.5-turbo", "cl100k_base", False),
        ("gpt-35-turbo", "cl100k_base", False),
        ("gpt4all-falcon", "o200k_base", True),
        ("olmo-7b", "o200k_base", True),
        ("local", "o200k_base", True),
        ("llama3", "o200k_base", True),
        ("qwen2.5:7b", "o200k_base", True),
        ("anthropic/claude-x", "o200k_base", True),
        ("", "o200k_base", True),
    ],
)
def test_the_counter_of_a_model(model: str, encoding: str, by_script: bool) -> None:
    assert counter_for(model) == TokenCounter(encoding, 1.0, by_script)


def test_a_server_that_counts_more_raises_the_margin() -> None:
    counter = EXACT.corrected(1000, 1200)
    assert counter.margin == pytest.approx(1.2)
    assert counter.corrected(1000, 1100).margin == pytest.approx(1.32)


def test_the_margin_never_shrinks_and_learns_nothing_from_noise() -> None:
    counter = TokenCounter("o200k_base", 1.5, by_script=True)
    assert counter.corrected(1000, 400) == counter
    assert counter.corrected(50, 90) == counter
    assert counter.corrected(1000, 10**9) == counter
    assert counter.corrected(1000, -5) == counter


@pytest.mark.parametrize("margin", [0.5, float("nan"), float("inf"), 100.0])
def test_a_margin_that_would_lie_is_refused(margin: float) -> None:
    with pytest.raises(ValueError, match="margin"):
        TokenCounter("o200k_base", margin)
