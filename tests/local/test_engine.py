from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from summ.errors import ConfigError, FetchError
from summ.local import machine
from summ.local.engine import LocalEngine, calm_openmp
from summ.local.files import locked
from summ.local.store import find
from tests.local.helpers import Told

needs_library = pytest.mark.skipif(find_spec("xllamacpp") is None, reason="needs the `local` extra")


# --- without a model -------------------------------------------------------------------


def test_cores_are_counted_within_bounds() -> None:
    assert 1 <= machine.quiet_cores() <= machine.usable_cores() <= (os.cpu_count() or 1)


def test_one_cpu_of_affinity_is_one_core() -> None:
    if not hasattr(os, "sched_getaffinity"):
        pytest.skip("no affinity here")
    script = (
        "import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))});"
        "from summ.local import machine; print(machine.usable_cores())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=20
    )
    assert done.stdout == "1\n"


def test_a_library_that_kills_its_process_is_noticed() -> None:
    assert machine.dies_on("import os, signal; os.kill(os.getpid(), signal.SIGILL)")
    assert not machine.dies_on("pass")
    assert not machine.dies_on("raise ImportError")


def test_openmp_settings_of_the_user_stand() -> None:
    env: dict[str, str] = {}
    calm_openmp(env)
    assert env == {"GOMP_SPINCOUNT": "1000"}
    env = {"OMP_WAIT_POLICY": "active"}
    calm_openmp(env)
    assert env == {"OMP_WAIT_POLICY": "active"}


def test_not_started_has_no_address(tmp_path: Path) -> None:
    engine = LocalEngine(tmp_path / "x.gguf", root=tmp_path)
    with pytest.raises(RuntimeError):
        _ = engine.base_url
    assert len(engine.api_key) == 32
    engine.close()
    engine.close()


def test_without_the_extra_the_three_ways_are_named(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from summ.errors import ConfigError\n"
        "from summ.local.engine import LocalEngine\n"
        "sys.path[:] = [p for p in sys.path if 'site-packages' not in p]\n"
        "try: LocalEngine.require_library(Path(sys.argv[1]))\n"
        "except ConfigError as error: print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        capture_output=True, text=True, check=True, timeout=20,
    )  # fmt: skip
    for way in ("pip install 'summ[local]'", "OPENAI_API_KEY", "--base-url"):
        assert way in done.stdout


def fake_library(folder: Path, body: str) -> dict[str, str]:
    """An environment in which `import xllamacpp` runs `body`."""
    (folder / "xllamacpp").mkdir(parents=True)
    (folder / "xllamacpp" / "__init__.py").write_text(body)
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder), str(Path.cwd())])}


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("raise ImportError('libgomp.so.1: cannot open shared object file')", "libgomp1"),
        ("import os; os.kill(os.getpid(), 4)", "AVX2"),
        ("raise OSError('some other thing')", "can't be loaded here"),
    ],
)
def test_a_library_that_does_not_load_is_explained(tmp_path: Path, body: str, words: str) -> None:
    script = (
        "import sys; from pathlib import Path; from summ.errors import ConfigError\n"
        "from summ.local.engine import LocalEngine\n"
        "try: LocalEngine.require_library(Path(sys.argv[1]))\n"
        "except ConfigError as error: print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "store")],
        env=fake_library(tmp_path / "lib", body),
        capture_output=True, text=True, check=True, timeout=20,
    )  # fmt: skip
    assert words in done.stdout


@needs_library
@pytest.mark.parametrize("data", [b"", b"GGUF", b"GGUF" + b"\x00" * 4000, b"no model at all"])
def test_a_file_that_is_no_model_is_an_error(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "bad.gguf"
    path.write_bytes(data)
    with pytest.raises(ConfigError, match="can't be loaded"), LocalEngine(path, root=tmp_path):
        pass
    with pytest.raises(ConfigError, match="can't be read"):
        LocalEngine(tmp_path / "none.gguf", root=tmp_path).start()


@needs_library
def test_a_model_larger_than_memory_is_refused(tmp_path: Path) -> None:
    if machine.available_memory() is None:
        pytest.skip("this system does not tell its free memory")
    path = tmp_path / "large.gguf"
    with path.open("wb") as handle:
        handle.truncate(1 << 42)
    with pytest.raises(ConfigError, match="of memory"):
        LocalEngine(path, root=tmp_path).start()


@needs_library
@pytest.mark.skipif(sys.platform == "win32", reason="no flock there")
def test_waits_for_another_summ_until_closed(tmp_path: Path) -> None:
    ui = Told()
    engine = LocalEngine(tmp_path / "x.gguf", root=tmp_path, ui=ui)
    ended: list[Exception] = []

    def start() -> None:
        try:
            engine.start()
        except FetchError as error:
            ended.append(error)

    with locked(tmp_path / "engine.lock", Told(), "never"):
        thread = threading.Thread(target=start)
        thread.start()
        for _ in range(500):
            if ui.notices:
                break
            time.sleep(0.02)
        engine.close()
        thread.join(5)
    assert not thread.is_alive()
    assert len(ended) == 1
    assert "Another summ" in ui.notices[0]


# --- with the built-in model -----------------------------------------------------------


@pytest.fixture(scope="module")
def model(model_store: Path) -> Path:
    path = find("local", model_store)
    assert path is not None
    return path


@pytest.fixture(scope="module")
def engine(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalEngine]:
    with LocalEngine(model, context=1024, root=model.parent) as started:
        yield started


def ask(
    engine: LocalEngine, path: str, body: Any = None, *, method: str = "GET", key: str | None = None
) -> tuple[int, dict[str, str], bytes]:
    port = urlsplit(engine.base_url).port
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Origin": "https://example.invalid", "Content-Type": "application/json"}
    if key is not None:
        headers["Authorization"] = f"Bearer {key}"
    connection.request(method, path, json.dumps(body) if body else None, headers)
    answer = connection.getresponse()
    result = answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
    connection.close()
    return result


HELLO = {
    "messages": [{"role": "user", "content": "Say hi."}],
    "max_tokens": 4,
    "temperature": 0,
}


@pytest.mark.model
def test_answers_with_the_key_and_only_with_it(engine: LocalEngine) -> None:
    chat = "/v1/chat/completions"
    for key in (None, "", "x" * 32):
        assert ask(engine, chat, HELLO, method="POST", key=key)[0] == 401
        assert ask(engine, "/v1/models", key=key)[0] == 401
    status, _, body = ask(engine, chat, HELLO, method="POST", key=engine.api_key)
    assert status == 200
    answer = json.loads(body)
    assert answer["choices"][0]["message"]["content"].strip()
    assert "cached_tokens" in answer["usage"]["prompt_tokens_details"]


@pytest.mark.model
@pytest.mark.parametrize("path", ["/", "/index.html", "/v1/models", "/health", "/slots"])
def test_no_page_and_no_leave_for_other_origins(engine: LocalEngine, path: str) -> None:
    for method in ("GET", "OPTIONS"):
        status, headers, body = ask(engine, path, method=method)
        # The library sends the header always; empty, it allows no origin.
        assert headers.get("access-control-allow-origin", "") == ""
        assert headers.get("access-control-allow-credentials", "false") == "false"
        assert b"<html" not in body.lower()
        if method == "GET" and path in {"/", "/index.html"}:
            assert status == 404


@pytest.mark.model
def test_the_prefix_is_read_once(engine: LocalEngine) -> None:
    head = "The bridge over the river was closed on Monday. " * 12
    counts = []
    for tail in ("What was closed?", "When was it closed?"):
        body = HELLO | {"messages": [{"role": "user", "content": head + tail}]}
        answer = json.loads(
            ask(engine, "/v1/chat/completions", body, method="POST", key=engine.api_key)[2]
        )
        counts.append(
            (
                answer["usage"]["prompt_tokens"],
                answer["usage"]["prompt_tokens_details"]["cached_tokens"],
            )
        )
    prompt, cached = counts[1]
    assert prompt - cached < 40


@pytest.mark.model
def test_listens_on_this_machine_alone(engine: LocalEngine) -> None:
    table = Path("/proc/net/tcp")
    if not table.exists():
        pytest.skip("no /proc/net/tcp here")
    port = f":{urlsplit(engine.base_url).port:04X}"
    listening = [
        line.split()[1]
        for line in table.read_text(encoding="ascii").splitlines()[1:]
        if line.split()[1].endswith(port) and line.split()[3] == "0A"
    ]
    assert listening == [f"0100007F{port}"]


INTERRUPTED = """
import asyncio, json, sys
from pathlib import Path
from urllib.parse import urlsplit
from summ.local.engine import LocalEngine

async def request(engine):
    url = urlsplit(engine.base_url)
    reader, writer = await asyncio.open_connection(url.hostname, url.port)
    body = json.dumps({"messages": [{"role": "user", "content": "Count to a thousand."}],
                       "max_tokens": 900, "temperature": 0}).encode()
    writer.write(b"POST /v1/chat/completions HTTP/1.1\\r\\nHost: x\\r\\n"
                 b"Authorization: Bearer " + engine.api_key.encode() + b"\\r\\n"
                 b"Content-Type: application/json\\r\\n"
                 b"Content-Length: " + str(len(body)).encode() + b"\\r\\n\\r\\n" + body)
    await writer.drain()
    Path(sys.argv[3]).touch()
    await reader.read()

engine = LocalEngine(Path(sys.argv[1]), context=1024, root=Path(sys.argv[2]))
try:
    engine.start()
    asyncio.run(request(engine))
except KeyboardInterrupt:
    engine.close()
    sys.exit(130)
"""


@pytest.mark.model
def test_ctrl_c_in_a_request_ends_quickly_and_silently(model: Path, tmp_path: Path) -> None:
    asked = tmp_path / "asked"
    child = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED, str(model), str(tmp_path), str(asked)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        end = time.monotonic() + 45
        while not asked.exists() and time.monotonic() < end:
            time.sleep(0.05)
        time.sleep(1)
        start = time.monotonic()
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=20)
        took = time.monotonic() - start
    finally:
        child.kill()
        child.wait()
    assert (child.returncode, out, err) == (130, b"", b"")
    assert took < 5
