"""Who holds the writer's lock: told to those who want it, too.

The lock itself is taken by the system from a process that dies, so what a dead one wrote here is
never in the way: nobody asks for it, and the next holder writes over it.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

from mmsearch.atomic import write_atomically
from mmsearch.errors import LibraryError

_FILE = "writer.json"


def sign(library: Path) -> None:
    """Say that this process holds the lock; only a message lacks something where that fails."""
    program = Path(sys.argv[0]).name or "python"
    command = " ".join(["mmsearch" if program == "__main__.py" else program, *sys.argv[1:]])
    holder = {"pid": os.getpid(), "since_s": time.time(), "command": command}
    try:
        write_atomically(library / _FILE, json.dumps(holder).encode())
    except OSError:
        return


def in_use(library: Path) -> LibraryError:
    """What to tell somebody who cannot have the lock."""
    return LibraryError(
        f"The library {library} is in use: {_holder(library)} is writing into it.",
        "Wait until it has finished, or stop it. Searching works meanwhile.",
    )


def _holder(library: Path) -> str:
    try:
        holder = json.loads((library / _FILE).read_text("utf-8"))
        since = time.strftime("%Y-%m-%d %H:%M", time.localtime(holder["since_s"]))
        return f"process {int(holder['pid'])} ({holder['command']}), since {since},"
    except (OSError, ValueError, KeyError, TypeError):
        return "another mmsearch"
