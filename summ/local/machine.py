"""What this machine can give a model: cores, memory, and an instruction set that fits.

Only Linux says all of it; elsewhere what can't be told does not stand in the way.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from pathlib import Path

_SAMPLE_SECONDS = 0.2
_GROUP_V1 = "/sys/fs/cgroup/memory"
_TOPOLOGY = "/sys/devices/system/cpu/cpu{cpu}/topology/{name}"


def usable_cores() -> int:
    """Physical cores that this process may use; at least 1.

    Counts each core once however many threads it has, within the process's affinity and
    the CPU quota of its control group.
    """
    cpus = _affinity()
    cores = {(_topology(cpu, "physical_package_id"), _topology(cpu, "core_id")) for cpu in cpus}
    # A machine that does not tell its topology answers None for all of them.
    count = len(cpus) if (None, None) in cores else len(cores)
    return max(1, min(count, _quota()))


def quiet_cores() -> int:
    """Of `usable_cores`, those that nobody else keeps busy just now; at least 1.

    Two threads on one free core are slower than one thread: they wait for each other.
    What counts is the load of this moment. The load average still holds our own last run.
    """
    cores = usable_cores()
    return max(1, cores - round(_busy_elsewhere(cores))) if cores > 1 else 1


def available_memory() -> int | None:
    """Bytes that a new program can use without swapping; None when it can't be told."""
    free = _meminfo()
    for limit, used in (
        ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current"),
        (f"{_GROUP_V1}/memory.limit_in_bytes", f"{_GROUP_V1}/memory.usage_in_bytes"),
    ):
        most, now = _number(limit), _number(used)
        if most is not None and now is not None and free is not None:
            # File pages of the group can be reclaimed, and `used` counts them.
            free = min(free, max(0, most - now + _reclaimable(Path(limit).parent)))
    return free


def lacks_avx2() -> bool:
    """Whether this is an x86 processor without AVX2, which the library's code needs."""
    if platform.machine().lower() not in {"x86_64", "amd64"}:
        return False
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
    return "flags" in text and " avx2" not in text


def dies_on(statement: str) -> bool:
    """Whether a Python process that runs `statement` is ended by a signal."""
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command; the statement is ours
            [sys.executable, "-P", "-c", statement],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=60,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    # Windows reports an illegal instruction as a large unsigned status.
    return done.returncode < 0 or done.returncode > 0x7FFFFFFF


def _affinity() -> set[int]:
    if hasattr(os, "sched_getaffinity"):
        return os.sched_getaffinity(0)
    return set(range(os.cpu_count() or 1))


def _topology(cpu: int, name: str) -> int | None:
    return _number(_TOPOLOGY.format(cpu=cpu, name=name))


def _quota() -> int:
    """Cores' worth of time that the control group allows, rounded up."""
    try:
        quota, period = Path("/sys/fs/cgroup/cpu.max").read_text(encoding="ascii").split()
        if quota != "max":
            return max(1, -(-int(quota) // int(period)))
    except (OSError, ValueError):
        pass
    return sys.maxsize


def _number(path: str) -> int | None:
    try:
        return int(Path(path).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None


def _meminfo() -> int | None:
    try:
        for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    except (OSError, ValueError):
        pass
    return None


def _reclaimable(group: Path) -> int:
    try:
        lines = (group / "memory.stat").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("inactive_file "))


def _busy_elsewhere(cores: int) -> float:
    """How many of our cores were at work for others during a short sample."""
    before = _ticks()
    if before is None:
        return min(os.getloadavg()[0], cores) if hasattr(os, "getloadavg") else 0.0
    own, started = time.process_time(), time.monotonic()
    time.sleep(_SAMPLE_SECONDS)
    after = _ticks() or before
    seconds = time.monotonic() - started
    used = (after - before) / os.sysconf("SC_CLK_TCK") - (time.process_time() - own)
    return max(0.0, used / seconds)


def _ticks() -> int | None:
    """Clock ticks that the CPUs of our affinity have worked, since the start."""
    names = {f"cpu{cpu}" for cpu in _affinity()}
    try:
        lines = Path("/proc/stat").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    total = 0
    for line in lines:
        name, *fields = line.split()
        if name in names:
            # user, nice, system, idle, iowait, irq, softirq, steal
            total += sum(int(field) for field in (*fields[:3], *fields[5:8]))
    return total
