"""Says clearly when Python is too old. Written so that old ones can read it."""

import sys

OLDEST = (3, 11)


def check(script: str) -> None:
    """Exit with a clear message when this Python cannot run mmsearch."""
    if sys.version_info < OLDEST:
        sys.exit(
            f"mmsearch needs Python 3.11 or newer; this is Python {sys.version_info[0]}."
            f"{sys.version_info[1]} at {sys.executable}.\n"
            "Install a newer one (https://www.python.org/downloads/) and run, for example:\n"
            f"  python3.12 packaging/{script}"
        )
