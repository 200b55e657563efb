"""The process itself: its memory, its limits. Runs in every client; imports next to nothing."""

from __future__ import annotations

import os
from typing import Optional

MOST_FILES = 16_384  # twice what 5,000 connections need, and more


def _status(name: str) -> Optional[int]:
    try:
        with open("/proc/self/status") as file:
            for line in file:
                if line.startswith(name):
                    return int(line.split()[1])
    except OSError:  # no /proc: not Linux
        pass
    return None


def peak_memory() -> int:
    """KB of the largest resident size so far.

    Where there is a /proc it is read from there: after fork and exec ``ru_maxrss`` begins with the
    size of the process that started this one.
    """
    peak = _status("VmHWM:")
    if peak is None:
        import resource
        import sys

        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        if sys.platform == "darwin":
            peak //= 1024
    return peak


def memory() -> int:
    """KB resident now (the peak where that cannot be told)."""
    now = _status("VmRSS:")
    return peak_memory() if now is None else now


def reset_peak() -> None:
    """Let the peak begin anew with what is resident now, where the system can."""
    try:
        with open("/proc/self/clear_refs", "w") as file:
            file.write("5")
    except OSError:
        pass


def raise_open_files() -> None:
    """Thousands of connections need more files than many systems allow at first."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        wanted = MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, MOST_FILES)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))


def open_sockets() -> int:
    """Sockets this process has open, -1 where that cannot be told."""
    count = 0
    try:
        for name in os.listdir("/proc/self/fd"):
            try:
                count += os.readlink(f"/proc/self/fd/{name}").startswith("socket:")
            except OSError:  # the descriptor of the listing itself
                pass
    except OSError:
        return -1
    return count
