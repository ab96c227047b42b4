from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summ.config import (
    DEFAULT_BASE_URL,
    DEFAULT_MODEL,
    Settings,
    config_path,
    resolve,
)
from summ.config_fields import FIELDS
from summ.errors import ConfigError, SummError, UsageError


def config(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_setting_has_a_line_and_a_default() -> None:
    resolved = resolve({}, {}, None)
    assert [one.name for one in FIELDS] == list(Settings.__dataclass_fields__)
    assert set(resolved.origin.values()) == {"default"}
    assert resolved.settings.model == "local"
    assert resolved.settings.base_url is None


def test_flag_beats_environment_beats_config_beats_default(tmp_path: Path) -> None:
    path = config(tmp_path, "claims = 3\njobs = 3\nretries = 3\n")
    env = {"SUMM_CLAIMS": "2", "SUMM_JOBS": "2"}
    resolved = resolve({"claims": 1}, env, path)
    settings = resolved.settings
    assert (settings.claims, settings.jobs, settings.retries, settings.timeout) == (1, 2, 3, 300.0)
    assert resolved.origin["claims"] == "flag --claims"
    assert resolved.origin["jobs"] == "environment SUMM_JOBS"
    assert resolved.origin["retries"] == "config file"
    assert resolved.origin["timeout"] == "default"


def test_an_empty_variable_is_not_set() -> None:
    assert resolve({}, {"SUMM_CLAIMS": ""}, None).settings.claims == 8


def test_an_unset_flag_is_no_value() -> None:
    assert resolve({"to": [], "claims": None, "strict": None}, {}, None).settings.strict is False


def test_a_flag_may_switch_off_what_the_config_switches_on(tmp_path: Path) -> None:
    path = config(tmp_path, "strict = true")
    assert resolve({"strict": False}, {}, path).settings.strict is False


@pytest.mark.parametrize(
    ("env", "origin"),
    [
        ({"SUMM_BASE_URL": "http://a/", "OPENAI_BASE_URL": "http://b"}, "SUMM_BASE_URL"),
        ({"OPENAI_BASE_URL": "http://a", "OPENAI_API_BASE": "http://b"}, "OPENAI_BASE_URL"),
        ({"OPENAI_API_BASE": "http://a"}, "OPENAI_API_BASE"),
    ],
)
def test_the_endpoint_from_the_environment(env: dict[str, str], origin: str) -> None:
    resolved = resolve({}, env, None)
    assert resolved.settings.base_url == "http://a"
    assert resolved.origin["base_url"] == f"environment {origin}"


@pytest.mark.parametrize(
    ("flags", "env", "model", "base_url"),
    [
        ({}, {}, "local", None),
        ({}, {"OPENAI_API_KEY": "k"}, DEFAULT_MODEL, DEFAULT_BASE_URL),
        ({"base_url": "http://localhost:1/v1"}, {}, DEFAULT_MODEL, "http://localhost:1/v1"),
        ({"model": "x"}, {}, "x", DEFAULT_BASE_URL),
        ({"model": "x"}, {"SUMM_BASE_URL": "http://h"}, "x", "http://h"),
        ({"model": "local"}, {"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": "http://h"}, "local", None),
        ({"model": "local:/m.gguf"}, {"OPENAI_API_KEY": "k"}, "local:/m.gguf", None),
        ({}, {"SUMM_MODEL": "local", "OPENAI_API_KEY": "k"}, "local", None),
        ({"model": "localish"}, {}, "localish", DEFAULT_BASE_URL),
    ],
)
def test_which_model_at_which_endpoint(
    flags: dict[str, object], env: dict[str, str], model: str, base_url: str | None
) -> None:
    settings = resolve(flags, env, None).settings
    assert (settings.model, settings.base_url) == (model, base_url)
    assert settings.builtin == (base_url is None)


def test_the_file_of_a_local_model() -> None:
    assert resolve({"model": "local:/m.gguf"}, {}, None).settings.model_path == Path("/m.gguf")
    assert resolve({"model": "local"}, {}, None).settings.model_path is None
    assert resolve({"model": "x"}, {}, None).settings.model_path is None


def test_the_built_in_model_has_no_endpoint() -> None:
    with pytest.raises(UsageError, match="no --base-url"):
        resolve({"model": "local", "base_url": "http://localhost"}, {}, None)


@pytest.mark.parametrize(
    ("value", "length"),
    [("short", 2), ("Medium", 4), ("long", 8), ("1", 1), ("50", 50), (7, 7)],
)
def test_lengths(value: object, length: int) -> None:
    assert resolve({"length": value}, {}, None).settings.length == length


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("length", "0"),
        ("length", "51"),
        ("length", "tiny"),
        ("length", "2.5"),
        ("claims", "-1"),
        ("claims", "51"),
        ("claims", "nan"),
        ("jobs", "0"),
        ("jobs", "1e400"),
        ("timeout", "0"),
        ("timeout", "inf"),
        ("retries", "21"),
        ("formats", "html"),
        ("base_url", "localhost:8000"),
        ("base_url", "ftp://h/"),
        ("base_url", "http://"),
        ("base_url", "http://h:99999/"),
        ("base_url", "http://[::1"),
        ("context", "511"),
        ("context", "10000001"),
        ("context", "8k"),
        ("context", "4096.5"),
        ("model", " "),
        ("strict", "perhaps"),
        ("full_text", "half"),
        ("glossary", " "),
        ("formality", "polite"),
        ("instructions", "\n"),
        ("instructions", "x" * 2001),
    ],
)
def test_values_that_can_not_be_meant(name: str, value: str) -> None:
    field = next(one for one in FIELDS if one.name == name)
    with pytest.raises(UsageError, match=f"^Flag {field.flag}: "):
        resolve({name: value}, {}, None)
    with pytest.raises(ConfigError, match=f"^Environment {field.env[0]}: "):
        resolve({}, {field.env[0]: value}, None)


def test_the_context_from_flag_environment_and_config(tmp_path: Path) -> None:
    path = config(tmp_path, "context = 4096\n")
    assert resolve({}, {}, None).settings.context is None
    assert resolve({}, {}, path).settings.context == 4096
    assert resolve({}, {"SUMM_CONTEXT": "512"}, path).settings.context == 512
    found = resolve({"context": "10000000"}, {"SUMM_CONTEXT": "512"}, path)
    assert found.settings.context == 10_000_000
    assert found.origin["context"] == "flag --context"


def test_how_to_translate(tmp_path: Path) -> None:
    path = config(tmp_path, 'full-text = true\nglossary = "~/g.csv"\nformality = "formal"\n')
    settings = resolve({"instructions": "x" * 2000}, {"SUMM_FORMALITY": "informal"}, path).settings
    assert settings.full_text
    assert settings.glossary == Path("~/g.csv").expanduser()
    assert settings.formality == "informal"
    assert settings.instructions == "x" * 2000
    assert resolve({"glossary": Path("g.csv")}, {}, path).settings.glossary == Path("g.csv")
    for one in ("save_glossary", "bilingual"):
        with pytest.raises(ConfigError, match="unknown key"):
            resolve({}, {}, config(tmp_path, f'{one} = "table"'))
    assert resolve({"bilingual": "stack"}, {}, None).settings.bilingual == "stack"
    with pytest.raises(UsageError, match=r"^Flag --bilingual: table or stack is wanted"):
        resolve({"bilingual": "side"}, {}, None)


def test_languages() -> None:
    settings = resolve(
        {"to": ["Ukrainian", "uk", "pt-BR"], "from_language": "EN"}, {}, None
    ).settings
    assert settings.to == ("uk", "pt-BR")
    assert settings.from_language == "en"
    assert resolve({}, {"SUMM_TO": "de, fr"}, None).settings.to == ("de", "fr")


def test_an_unknown_language_names_where_it_came_from(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"^Flag --to: "):
        resolve({"to": ["Klingonese"]}, {}, None)
    with pytest.raises(ConfigError, match=r"^Config file, to: "):
        resolve({}, {}, config(tmp_path, 'to = ["Klingonese"]'))


@pytest.mark.parametrize(
    "text",
    [
        "claims = true",
        'claims = "many"',
        "context = true",
        "context = [8192]",
        "to = 3",
        "base_url = []",
        "strict = 1",
        "format = {}",
    ],
)
def test_wrong_types_in_the_config_file(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError, match=f"^Config file, {text.split()[0]}: "):
        resolve({}, {}, config(tmp_path, text))


def test_keys_may_be_spelt_with_hyphens(tmp_path: Path) -> None:
    path = config(tmp_path, 'base-url = "http://localhost/v1"\nfrom = "de"\n')
    settings = resolve({}, {}, path).settings
    assert (settings.base_url, settings.from_language) == ("http://localhost/v1", "de")


def test_an_unknown_key_names_close_ones(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="unknown key: modle") as caught:
        resolve({}, {}, config(tmp_path, 'modle = "x"'))
    assert "model" in caught.value.hint


@pytest.mark.parametrize("key", ["output", "zzz"])
def test_an_unknown_key_with_nothing_close_lists_all(tmp_path: Path, key: str) -> None:
    with pytest.raises(ConfigError, match="unknown key"):
        resolve({}, {}, config(tmp_path, f'{key} = "x"'))


def test_a_key_in_the_config_file_is_refused_and_not_repeated(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="environment only") as caught:
        resolve({}, {}, config(tmp_path, 'api_key = "sk-secret"'))
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("data", [b"= broken", b'model = "\xff"', b"[" * 5000])
def test_a_config_file_that_is_no_toml(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(data)
    with pytest.raises(ConfigError, match="not valid TOML"):
        resolve({}, {}, path)


def test_a_config_file_that_can_not_be_read(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="Can't read the config file"):
        resolve({}, {}, tmp_path)


def test_a_missing_config_file_is_fine(tmp_path: Path) -> None:
    assert resolve({}, {}, tmp_path / "none.toml").settings.claims == 8


def test_the_key_is_not_in_the_repr() -> None:
    settings = resolve({}, {"OPENAI_API_KEY": "sk-secret"}, None).settings
    assert settings.api_key == "sk-secret"
    assert "secret" not in repr(settings)


def test_a_bad_key_is_not_repeated() -> None:
    with pytest.raises(ConfigError) as caught:
        resolve({}, {"OPENAI_API_KEY": "sk-sécret"}, None)
    assert "cret" not in str(caught.value)


def test_folders_follow_xdg() -> None:
    env = {"XDG_CONFIG_HOME": "/c", "XDG_CACHE_HOME": "/k"}
    assert config_path(env) == Path("/c/summ/config.toml")
    assert resolve({}, env, None).settings.model_dir == Path("/k/summ/models")
    assert (
        config_path({"XDG_CONFIG_HOME": "relative"})
        == Path("~/.config/summ/config.toml").expanduser()
    )
    assert resolve({}, {"SUMM_MODEL_DIR": "/m"}, None).settings.model_dir == Path("/m")


NAMES = st.sampled_from([one.name for one in FIELDS if one.name not in {"to", "from_language"}])
RAW = st.one_of(
    st.text(max_size=8), st.integers(), st.floats(), st.booleans(), st.lists(st.text(max_size=3))
)


@given(st.dictionaries(NAMES, RAW, max_size=3))
def test_any_value_gives_settings_or_an_error_of_ours(flags: dict[str, object]) -> None:
    try:
        settings = resolve(flags, {}, None).settings
    except SummError:
        return
    assert 1 <= settings.length <= 50
    assert 0 < settings.timeout <= 86_400


def test_importing_it_is_light() -> None:
    heavy = {"openai", "pydantic", "httpx2", "babel", "tiktoken", "langdetect", "rich", "asyncio"}
    code = "import sys, summ.config; print(*sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not heavy & set(out.stdout.split())
