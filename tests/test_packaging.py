"""What is shipped: sdist → wheel holds the code, the prompts and the data, and works."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = {".py", ".typed", ".md", ".zlib", ".bin"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from an sdist of this checkout, without a network."""
    out = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out)]
    subprocess.run([*build, "--sdist", str(ROOT)], check=True, capture_output=True)
    (archive,) = out.glob("*.tar.gz")
    with tarfile.open(archive) as tar:
        tar.extractall(out, filter="data")
    unpacked = out / archive.name.removesuffix(".tar.gz")
    subprocess.run([*build, "--wheel", str(unpacked)], check=True, capture_output=True)
    (built,) = out.glob("*.whl")
    return built


def test_the_wheel_holds_what_the_checkout_holds(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    code = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "summ").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    prompts = {f"summ/_prompts/{path.name}" for path in (ROOT / "prompts").glob("*.md")}
    assert names == code | prompts


def test_the_wheel_works_away_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    article = tmp_path / "a.txt"
    article.write_text("One sentence. " * 40, encoding="utf-8")
    for arguments in (["--version"], ["prompts", "list"], ["chunk", "--max-tokens", "20", "a.txt"]):
        done = subprocess.run(
            [sys.executable, "-P", "-m", "summ", *arguments],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(tmp_path / "site")},
            capture_output=True,
            check=True,
        )
        assert done.stdout
