"""A display that nobody sees: an X server without a screen."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

XVFB = shutil.which("Xvfb")
SCREEN = "1440x960x24"


@contextmanager
def virtual_display() -> Iterator[str]:
    """Start an X server and give the name of its display, e.g. ":3"; it ends with the block."""
    assert XVFB is not None
    told, tells = os.pipe()
    options = ["-displayfd", str(tells), "-screen", "0", SCREEN, "-nolisten", "tcp", "-noreset"]
    with subprocess.Popen([XVFB, *options], pass_fds=[tells], stderr=subprocess.PIPE) as server:
        os.close(tells)
        try:
            with os.fdopen(told) as number:
                display = number.readline().strip()
            assert display, server.stderr and server.stderr.read().decode()
            yield f":{display}"
        finally:
            server.terminate()
