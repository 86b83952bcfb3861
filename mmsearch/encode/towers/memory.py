"""How much memory is free, and how much a piece of work needs at its peak."""

from __future__ import annotations

import os
import sys
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

_MEMINFO = Path("/proc/meminfo")
_GROUP = Path("/sys/fs/cgroup")


def free_memory_bytes() -> int:
    """What a process may still take of this computer's memory; 0 where nobody says."""
    if sys.platform == "win32":
        return _free_of_windows()
    free = _free_of_linux(_MEMINFO)
    if not free:
        # macOS counts files that it keeps as used; a quarter is free on any sound machine.
        return physical_memory_bytes() // 4
    room = _room_of_group(_GROUP)
    return min(free, room) if room >= 0 else free


def physical_memory_bytes() -> int:
    """All memory of this computer; 0 where nobody says."""
    if sys.platform == "win32":
        return _windows_memory("ullTotalPhys")
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (OSError, ValueError):
        return 0


def _free_of_linux(meminfo: Path) -> int:
    try:
        lines = meminfo.read_text("ascii").splitlines()
        line = next(line for line in lines if line.startswith("MemAvailable:"))
        return int(line.split()[1]) * 1024
    except (OSError, ValueError, StopIteration, IndexError):
        return 0


def _room_of_group(folder: Path) -> int:
    """What the control group (a container) leaves; -1 without a limit."""
    try:
        limit = int((folder / "memory.max").read_text("ascii"))
        return max(0, limit - int((folder / "memory.current").read_text("ascii")))
    except (OSError, ValueError):  # "max" is no number
        return -1


def _free_of_windows() -> int:
    return _windows_memory("ullAvailPhys")


def _windows_memory(field: str) -> int:
    """One number of what Windows says of its memory."""
    import ctypes

    class Status(ctypes.Structure):
        """MEMORYSTATUSEX of the Windows interface."""

        _fields_ = (
            ("dwLength", ctypes.c_ulong), ("dwMemoryLoad", ctypes.c_ulong),
            *((name, ctypes.c_ulonglong) for name in (
                "ullTotalPhys", "ullAvailPhys", "ullTotalPageFile", "ullAvailPageFile",
                "ullTotalVirtual", "ullAvailVirtual", "ullAvailExtendedVirtual",
            )),
        )  # fmt: skip

    status = Status()
    status.dwLength = ctypes.sizeof(Status)
    if not ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):  # type: ignore[attr-defined,unused-ignore]
        return 0
    return int(getattr(status, field))


def peak_bytes(torch: Any, work: Callable[[], object]) -> int:
    """The most bytes of tensors that the work held at once, beside those that were there before.

    It counts what each operation makes until it is let go of; what an operation needs within
    itself is not seen.
    """
    from torch.utils._python_dispatch import TorchDispatchMode
    from torch.utils._pytree import tree_leaves

    class Counting(TorchDispatchMode):  # type: ignore[misc]
        """Sees every operation."""

        live = most = 0

        def __torch_dispatch__(
            self, operation: Any, types: Any, given: Any = (), named: Any = None
        ) -> Any:
            """Run the operation and count what is new."""
            named = named or {}
            made = operation(*given, **named)
            before = {id(one) for one in tree_leaves((given, named))}
            for tensor in tree_leaves(made):
                is_view = getattr(tensor, "_is_view", lambda: True)()
                if torch.is_tensor(tensor) and id(tensor) not in before and not is_view:
                    self._count(tensor, tensor.numel() * tensor.element_size())
            return made

        def _count(self, tensor: Any, n_bytes: int) -> None:
            self.live += n_bytes
            self.most = max(self.most, self.live)
            weakref.finalize(tensor, self._forget, n_bytes)

        def _forget(self, n_bytes: int) -> None:
            self.live -= n_bytes

    with Counting() as counting:
        work()
    return int(counting.most)
