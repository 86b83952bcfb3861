"""Starting a process of mmsearch that does not end with the one that started it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from mmsearch.background.board import indexer_folder
from mmsearch.errors import UserError

_LAST_BYTES = 2000
_ERROR = "Error: "
_started: list[subprocess.Popen[bytes]] = []
"""Those that may still live: a process that nobody waits for stays in the system's list."""


@dataclass(frozen=True, slots=True)
class Started:
    """A process that was started."""

    process: subprocess.Popen[bytes]
    log: Path

    @property
    def pid(self) -> int:
        """Its number."""
        return self.process.pid

    def has_ended(self) -> bool:
        """Whether it is gone."""
        return self.process.poll() is not None

    def last_words(self) -> str:
        """The error that it told, or else the last line that it wrote; empty for none."""
        try:
            text = self.log.read_bytes()[-_LAST_BYTES:].decode("utf-8", "replace")
        except OSError:
            return ""
        lines = [line.strip() for line in reversed(text.splitlines()) if line.strip()]
        told = [line.removeprefix(_ERROR) for line in lines if line.startswith(_ERROR)]
        return next(iter([*told, *lines]), "")


Starter: TypeAlias = Callable[[Path], Started]


def start_process(library: Path, program: Sequence[str] | None = None) -> Started:
    """Start the indexing process of a library. Raises UserError when that fails.

    program: how mmsearch is called; None for this very program.
    """
    _started[:] = [process for process in _started if process.poll() is None]
    log = indexer_folder(library) / "log.txt"
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as output:
            process = subprocess.Popen(
                [*(program or _this_program()), "--library", str(library), "index", "--serve"],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                # No folder of the user's is kept from being unmounted.
                cwd=library,
                **_on_its_own(),
            )
    except OSError as error:
        raise UserError(f"The indexing cannot be started: {error.strerror}.") from error
    _started.append(process)
    return Started(process, log)


def _this_program() -> list[str]:
    """How this program is called; frozen into one file, it is its own interpreter."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, "-P", "-m", "mmsearch"]


def _on_its_own() -> dict[str, Any]:
    """What makes the new process live on, and hear no Ctrl-C, when this one ends."""
    if os.name != "nt":
        return {"start_new_session": True}
    flags = ("DETACHED_PROCESS", "CREATE_NEW_PROCESS_GROUP")
    return {"creationflags": sum(getattr(subprocess, flag) for flag in flags)}
