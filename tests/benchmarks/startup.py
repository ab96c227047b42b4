"""How long summ takes to answer when nothing has to be done.

    python tests/benchmarks/startup.py [RUNS]

Runs `summ --version` and a usage error, interleaved with `python -c 'import typer'`, so
that whatever else the machine does falls on all of them alike. Prints medians of wall
time, their ratios (the bar: at most 1.3), and a row for `RESULTS.md`.
"""

from __future__ import annotations

import datetime
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path

BAR = 1.3
RUNS = 31
ROOT = Path(__file__).resolve().parents[2]
# What the installed console script does.
START = "import sys; from summ.cli.app import main; sys.exit(main())"
TARGETS = {
    "import typer": ["-c", "import typer"],
    "--version": ["-c", START, "--version"],
    "usage error": ["-c", START, "--no-such-flag"],
    "wrong value": ["-c", START, "a.txt", "--claims", "many"],
    "--help": ["-c", START, "--help"],
}


def wall_times(runs: int) -> dict[str, list[float]]:
    """Seconds of each target, `runs` times, in turns; the first turn warms the caches."""
    times: dict[str, list[float]] = {name: [] for name in TARGETS}
    for turn in range(runs + 1):
        for name, args in TARGETS.items():
            started = time.perf_counter()
            subprocess.run([sys.executable, *args], cwd=ROOT, capture_output=True, check=False)
            if turn:
                times[name].append(time.perf_counter() - started)
    return times


def main() -> int:
    """Measure and print; 1 when the bar is missed."""
    runs = max(15, int(sys.argv[1])) if len(sys.argv) > 1 else RUNS
    times = wall_times(runs)
    medians = {name: statistics.median(values) for name, values in times.items()}
    base = medians["import typer"]
    lines = []
    for name, median in medians.items():
        low = min(times[name])
        lines.append(
            f"{name:<14} median {median * 1e3:6.1f} ms  best {low * 1e3:6.1f} ms  "
            f"{median / base:.2f} x"
        )
    version = medians["--version"] / base
    usage = max(medians["usage error"], medians["wrong value"]) / base
    lines.append(
        f"\n| {datetime.datetime.now(datetime.UTC):%Y-%m-%d} | start-up, medians of {runs} "
        f"| `import typer` {base * 1e3:.0f} ms | `--version` {version:.2f} x "
        f"| usage error {usage:.2f} x | Python {platform.python_version()} |"
    )
    sys.stdout.write("\n".join(lines) + "\n")
    return int(max(version, usage) > BAR)


if __name__ == "__main__":
    sys.exit(main())
