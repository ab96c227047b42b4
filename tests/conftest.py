"""What holds for every test: a clean environment, folders of its own, and no network."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from summ.local.store import find
from tests.fake_endpoint import FakeEndpoint

# On a busy machine the first use of a tokenizer or profile takes longer than any deadline
# that would mean something.
settings.register_profile("summ", deadline=None)
settings.load_profile("summ")


@pytest.fixture
def endpoint() -> Iterator[FakeEndpoint]:
    """A scripted endpoint on loopback; see `tests.fake_endpoint`."""
    with FakeEndpoint() as server:
        yield server


@pytest.fixture(scope="session")
def model_store() -> Path:
    """The folder with the built-in model, where the tester has named one."""
    if find_spec("xllamacpp") is None:
        pytest.skip("needs the `local` extra")
    named = os.environ.get("SUMM_TEST_MODEL_DIR")
    if not named or find("local", Path(named)) is None:
        pytest.skip(
            "SUMM_TEST_MODEL_DIR names no folder with the built-in model "
            "(`SUMM_MODEL_DIR=folder summ models pull` fetches it)"
        )
    return Path(named)


@pytest.fixture(autouse=True)
def _own_environment(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No setting of the developer's reaches a test, and no file of a test the developer's.

    The model folder alone may come in from outside, by `SUMM_TEST_MODEL_DIR`, and only for
    tests marked `model`: a gigabyte is not fetched twice, and no other test depends on
    what an earlier run has left there.
    """
    for name in list(os.environ):
        if name.startswith(("OPENAI_", "SUMM_")) and name != "SUMM_TEST_MODEL_DIR":
            monkeypatch.delenv(name)
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    for kind in ("CONFIG", "CACHE", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / f"xdg-{kind.lower()}"))
    models = os.environ.get("SUMM_TEST_MODEL_DIR")
    if models and request.node.get_closest_marker("model"):
        monkeypatch.setenv("SUMM_MODEL_DIR", models)


@pytest.fixture(autouse=True)
def _loopback_only(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Fail a test that looks up a name or opens a socket outside this machine.

    Names under `.invalid` are answered with "no such name" and are no offence. A test that
    swallows the error of a forbidden call fails all the same, at its end.
    """
    if request.node.get_closest_marker("network"):
        yield
        return
    offences: list[str] = []
    monkeypatch.setattr(socket, "getaddrinfo", _guarded_lookup(socket.getaddrinfo, offences))
    for name in ("connect", "connect_ex", "sendto"):
        guarded = _guarded_call(getattr(socket.socket, name), offences)
        monkeypatch.setattr(socket.socket, name, guarded)
    yield
    if offences:
        pytest.fail(f"not marked `network`, yet opened {', '.join(offences)}", pytrace=False)


def _guarded_call(call: Callable[..., Any], offences: list[str]) -> Callable[..., Any]:
    """A method of a socket whose last argument is an address."""

    def guarded(self: socket.socket, *args: Any) -> Any:
        internet = self.family in {socket.AF_INET, socket.AF_INET6}
        if internet and not _is_loopback(args[-1][0]):
            offences.append(f"a socket to {args[-1]!r}")
            raise OSError("this test may not use the network")
        return call(self, *args)

    return guarded


def _guarded_lookup(lookup: Callable[..., Any], offences: list[str]) -> Callable[..., Any]:
    """`getaddrinfo` for this machine only."""

    def guarded(host: Any, *args: Any, **kwargs: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name is None or _is_loopback(name):
            return lookup(host, *args, **kwargs)
        if not name.rstrip(".").endswith(".invalid"):
            offences.append(f"a look-up of {name!r}")
        raise socket.gaierror(socket.EAI_NONAME, "this test may not use the network")

    return guarded


def _is_loopback(host: str) -> bool:
    """Whether a name or address is this machine."""
    if host in {"localhost", ""}:
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False
