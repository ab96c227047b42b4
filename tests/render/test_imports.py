"""Naming the formats must cost nothing: `--help` does it."""

from __future__ import annotations

import subprocess
import sys

HEAVY = {"babel", "fastjsonschema", "summ.model", "summ.render.markdown", "json"}


def test_importing_the_package_loads_no_format() -> None:
    names = "*summ.render.FORMATS, *summ.render.TEXTS"
    code = f"import sys, summ.render; print({names}); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    found, modules = done.stdout.splitlines()
    assert found.split() == ["md", "json", "ndjson", "text", "table", "stack"]
    assert not HEAVY & set(modules.split())
