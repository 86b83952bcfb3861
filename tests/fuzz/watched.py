"""The real decoders in a process that ends at once when they reach for what is not theirs."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import current_thread, main_thread

from mmsearch.decode.decoder import decode_file
from mmsearch.decode.options import DecodeOptions
from mmsearch.types import Metadata, Modality, Segment

EXIT_TRESPASS = 97
"""Exit code of a worker that tried to write a file, to reach the network or to start a program."""
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_TRESPASSES = (
    *("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto"),
    *("subprocess.Popen", "os.exec", "os.fork", "os.posix_spawn", "os.system"),
    *("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate"),
    *("shutil.rmtree", "shutil.move", "os.chmod", "os.utime"),
)
_is_watching = False


def decode(path: Path, modality: Modality, options: DecodeOptions) -> Iterator[Metadata | Segment]:
    """Decode as mmsearch does; the first call sets the watch."""
    global _is_watching
    if not _is_watching:
        # What reads printed text imports this, which looks by binding a local port whether there is
        # IPv6; no file has anything to do with that.
        importlib.import_module("urllib3.util.connection")
        sys.addaudithook(_watch)
        _is_watching = True
    yield from decode_file(path, modality, options)


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    is_write = event == "open" and isinstance(arguments[2], int) and bool(arguments[2] & _WRITES)
    # The thread beside is the pool's own: it unpickles jobs.
    is_pickle = event == "pickle.find_class" and current_thread() is main_thread()
    if is_write or is_pickle or event in _TRESPASSES:
        os._exit(EXIT_TRESPASS)
