"""Naming the formats must cost nothing: `--help` does it."""

from __future__ import annotations

import subprocess
import sys

HEAVY = {"babel", "fastjsonschema", "summ.model", "summ.render.markdown", "json"}


def test_importing_the_package_loads_no_format() -> None:
    code = "import sys, summ.render; print(*summ.render.FORMATS, *summ.render.TEXTS); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    names, modules = done.stdout.splitlines()
    assert names.split() == ["md", "json", "ndjson", "text", "table", "stack"]
    assert not HEAVY & set(modules.split())
