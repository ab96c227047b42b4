from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summ.errors import InputError
from summ.sources.decode import decode

# Text that a file can hold: no NUL, no surrogates, LF only, not only white space.
_CHARACTERS = st.characters(
    codec="utf-8", exclude_characters="\0\r\ufeff", exclude_categories=["Cs"]
)
ARTICLES = st.text(_CHARACTERS, min_size=1).map(lambda text: "The mayor said: " + text)
MARKED = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}
UKRAINIAN = "Міська рада Харкова ухвалила бюджет на 2025 рік.\nМер назвав його «чесним»."


@given(ARTICLES, st.sampled_from(sorted(MARKED)))
def test_marked_text_comes_back_exactly(text: str, encoding: str) -> None:
    assert decode(MARKED[encoding] + text.encode(encoding), "a.txt") == (text, ())


@given(ARTICLES)
def test_utf8_comes_back_exactly(text: str) -> None:
    decoded, notices = decode(text.encode(), "a.txt")
    assert decoded == text
    assert notices == ()


WORDS = st.text("abcdefgh кличко їжак αβγ éü 0123456789\n", min_size=3)


@given(WORDS, st.sampled_from(["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]))
def test_unmarked_wide_text_comes_back_exactly_with_a_notice(words: str, encoding: str) -> None:
    text = "The mayor said: " + words
    decoded, notices = decode(text.encode(encoding), "a.txt")
    assert decoded == text
    assert len(notices) == 1
    assert encoding[:6].upper() in notices[0]


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_an_input_error(data: bytes) -> None:
    try:
        text, _ = decode(data, "a.bin")
    except InputError:
        return
    text.encode("utf-8")
    assert text.strip()
    assert "\0" not in text
    assert "\r" not in text


@settings(max_examples=60, deadline=None)
@given(
    st.text(min_size=1, max_size=60),
    st.sampled_from(["cp1251", "cp1252", "koi8-r", "shift_jis", "gb18030", "utf-7"]),
)
def test_any_encoded_text_gives_text_or_an_input_error(text: str, encoding: str) -> None:
    try:
        decode(text.encode(encoding, errors="ignore"), "a.txt")
    except InputError:
        return


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"one\r\ntwo\rthree\n", "one\ntwo\nthree\n"),
        (b"\r\n\r\r\nx", "\n\n\nx"),
        (codecs.BOM_UTF8 + "\ufeffé".encode(), "\ufeffé"),
    ],
)
def test_line_ends_and_mark(data: bytes, text: str) -> None:
    assert decode(data, "a.txt")[0] == text


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-u", "iso8859_5"])
def test_a_guessed_encoding_is_named(encoding: str) -> None:
    text = UKRAINIAN.replace("«", '"').replace("»", '"')
    decoded, notices = decode((text * 5).encode(encoding), "a.txt")
    assert "рад" in decoded
    assert any("guessed" in notice for notice in notices)


def test_japanese_escape_sequences() -> None:
    text = "市長は予算を発表した。"
    assert decode(text.encode("iso2022_jp"), "a.txt")[0] == text


def test_a_few_broken_bytes_do_not_turn_utf8_into_something_else() -> None:
    data = UKRAINIAN.encode()
    decoded, notices = decode(data + b"\xd0", "a.txt")
    assert decoded.startswith(UKRAINIAN)
    assert "\ufffd" in decoded
    assert "replaced" in notices[0]


@pytest.mark.parametrize(
    "data",
    [b"", b" \n\t", "\u00a0\u2003".encode(), codecs.BOM_UTF8, b"\xff\xfe", "\u200b\n".encode()],
)
def test_nothing_to_read(data: bytes) -> None:
    with pytest.raises(InputError, match=r"empty|only white space"):
        decode(data, "a.txt")


@pytest.mark.parametrize(
    ("start", "what"),
    [
        (b"%PDF-1.7\n%text only", "PDF"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"\x1f\x8b\x08rest", "gzip"),
        (b"\x89PNG\r\n\x1a\nrest", "PNG"),
        (b"\xff\xd8\xff\xe0rest", "JPEG"),
        (b"GIF89a\x01\x00\x01\x00", "GIF"),
        (b"\x7fELF\x02\x01", "ELF"),
        (b"{\\rtf1 hello}", "RTF"),
        (b"GGUF\x03\0\0\0", "model"),
        (b"\0\0\0\x20ftypisom", "MP4"),
        (b"x" * 257 + b"ustar\0", "tar"),
    ],
)
def test_known_binary_formats_are_named_with_advice(start: bytes, what: str) -> None:
    with pytest.raises(InputError, match=what) as caught:
        decode(start, "a.bin")
    assert caught.value.hint


@pytest.mark.parametrize(
    "data",
    [
        b"hello\0world\0",
        b"\0" * 64,
        b"abc\0",
        b"a\0",
        b"caf\xc3\xa9 \0 x",
        bytes(range(256)),
        codecs.BOM_UTF8 + b"a\0b",
    ],
)
def test_nul_and_control_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="not text"):
        decode(data, "a.bin")


@pytest.mark.parametrize(
    "data", [b"GIF89a is a picture format.", b"BMW said so.", b"MZ is odd.", b"ID3 tags"]
)
def test_text_that_starts_like_a_binary_format_is_text(data: bytes) -> None:
    assert decode(data, "a.txt")[0] == data.decode()


def test_a_damaged_marked_file_is_an_error() -> None:
    with pytest.raises(InputError, match="UTF-16"):
        decode(codecs.BOM_UTF16_LE + b"a\0b", "a.txt")


@pytest.mark.parametrize(
    "head", ["<!DOCTYPE html>", "\n <HTML lang=en>", '<?xml version="1.0"?><html>']
)
def test_html_gets_a_notice(head: str) -> None:
    text, notices = decode((head + "<p>Hello").encode(), "a.html")
    assert text.startswith(head)
    assert "HTML" in notices[0]


def test_a_large_text_in_a_legacy_encoding_is_quick_and_whole() -> None:
    text = (UKRAINIAN + "\n") * 6000
    decoded, _ = decode(text.encode("cp1251"), "a.txt")
    assert decoded == text
