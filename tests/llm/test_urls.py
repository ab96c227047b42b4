from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summ.errors import AuthError, ConfigError
from summ.llm.openai_backend import OpenAIBackend
from summ.llm.urls import check_base_url, check_key, check_local, host_of, is_loopback, public_url
from tests.llm.helpers import at


@pytest.mark.parametrize(
    ("url", "checked"),
    [
        ("http://127.0.0.1:8080/v1/", "http://127.0.0.1:8080/v1"),
        ("https://api.openai.com/v1", "https://api.openai.com/v1"),
        ("http://[::1]:1/", "http://[::1]:1"),
        ("https://x.example/openai?api-version=1", "https://x.example/openai?api-version=1"),
    ],
)
def test_a_good_base_url(url: str, checked: str) -> None:
    assert check_base_url(url) == checked


@pytest.mark.parametrize(
    "url",
    [
        "", " ", "api.openai.com/v1", "ftp://x/v1", "file:///etc/passwd", "http://", "https:///v1",
        "http://x:99999/v1", "http://x:0/v1", "http://x:port/v1", "http://[::1/v1",
        "https://joe:hunter2@x/v1", "https://hunter2@x/v1", "http://x/v1#hunter2",
        "http://x/\nv1", "http://x/ v1", "http://x\x00/v1", "http://\u202ex/v1",
    ],
)  # fmt: skip
def test_a_bad_base_url_is_a_setting_to_correct_and_is_not_repeated(url: str) -> None:
    with pytest.raises(ConfigError) as caught:
        check_base_url(url)
    assert "hunter2" not in str(caught.value)
    assert caught.value.hint


@pytest.mark.parametrize("key", ["sk-ü", "sk-1\n", "sk 1", "sk-\x00", "“sk-1”", "sk-\udc80"])
def test_a_key_that_no_header_can_hold(key: str) -> None:
    with pytest.raises(ConfigError) as caught:
        check_key(key)
    assert key not in str(caught.value)
    with pytest.raises(ConfigError):
        OpenAIBackend(at("http://127.0.0.1:9/v1", api_key=key))


def test_what_is_local() -> None:
    for host in ("localhost", "LOCALHOST:80", "127.0.0.1", "127.8.9.10:1234", "[::1]:5"):
        check_local(f"http://{host}/v1")
    for host in (
        "localhost.example", "127.0.0.1.example", "0.0.0.0", "127.1", "2130706433", "0x7f.0.0.1",
        "10.0.0.1", "[::]", "[fe80::1]", "[::ffff:8.8.8.8]", "api.openai.com", "localhost.",
    ):  # fmt: skip
        assert not is_loopback(f"http://{host}/v1")
        with pytest.raises(ConfigError, match="not on this machine"):
            check_local(f"http://{host}/v1")
    with pytest.raises(ConfigError, match="not on this machine"):
        OpenAIBackend(at("http://127.0.0.1.invalid/v1", local_only=True))


def test_what_is_shown_of_a_url() -> None:
    secret = "https://joe:hunter2@x.example:8/v1?key=hunter2#hunter2"
    assert public_url(secret) == "https://x.example:8/v1"
    assert host_of(secret) == "x.example:8"


@given(st.text() | st.text("http:/[]@?#.x1").map(lambda t: "http://" + t))
def test_showing_never_fails(url: str) -> None:
    assert "@" not in public_url(url).partition("/v1")[0].split("/")[0]
    host_of(url)
    try:
        check_base_url(url)
    except ConfigError:
        return


def test_openai_without_a_key() -> None:
    with pytest.raises(AuthError, match="none is set"):
        OpenAIBackend(at("https://api.openai.com/v1", api_key=""))


def test_the_key_is_not_in_the_repr() -> None:
    assert "sk-secret-42" not in repr(at("http://127.0.0.1:9/v1"))
