"""Make the virtual environment of this checkout, and notice when it is out of date.

Standard library only, on Linux, macOS and Windows. When nothing has changed, ``ensure`` reads three
small files and a stamp, and returns; the modules for the real work are imported only when needed.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
CONSTRAINTS = ROOT / "packaging" / "constraints.txt"
_STAMP = VENV / "mmsearch-set-up.json"
_WHAT_COUNTS = (
    ROOT / "pyproject.toml",
    CONSTRAINTS,
    ROOT / "packaging" / "installing.py",
    ROOT / "packaging" / "system_packages.py",
)


def ensure(*, for_tests: bool) -> None:
    """Make .venv complete, for running or for testing; at once when it already is."""
    fingerprint = _fingerprint()
    done = _read_stamp()
    is_current = done.get("fingerprint") == fingerprint and venv_python().exists()
    if is_current and (done.get("for_tests") or not for_tests):
        return
    import installing
    import system_packages

    installing.make_venv(VENV, venv_python())
    if for_tests:
        installing.refuse_cuda(venv_python(), CONSTRAINTS)
    _STAMP.unlink(missing_ok=True)
    system_packages.provide_libraries()
    if for_tests:
        system_packages.provide_test_programs()
    installing.install(venv_python(), ROOT, CONSTRAINTS, for_tests=for_tests)
    _STAMP.write_text(json.dumps({"fingerprint": fingerprint, "for_tests": for_tests}))
    print("\nmmsearch is set up.\n", flush=True)


def _fingerprint() -> str:
    """Return a hash of everything that an environment depends on."""
    digest = hashlib.sha256()
    for path in _WHAT_COUNTS:
        digest.update(path.read_bytes())
    # Environments cannot be moved, nor used by another Python.
    digest.update(f"{ROOT}\0{sys.version_info[:2]}\0{sys.platform}".encode())
    return digest.hexdigest()


def _read_stamp() -> dict[str, object]:
    try:
        stamp = json.loads(_STAMP.read_text())
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def venv_python() -> Path:
    """Return the interpreter of the environment."""
    return _venv_file("python")


def program(name: str) -> list[str]:
    """Return the command that starts an installed program."""
    if sys.platform == "win32":
        return [str(_venv_file(name))]
    # Through the interpreter, since a "#!" line holds only some 120 characters of path.
    return [str(venv_python()), str(_venv_file(name))]


def _venv_file(name: str) -> Path:
    return VENV / "Scripts" / f"{name}.exe" if sys.platform == "win32" else VENV / "bin" / name


def replace_process(command: list[str]) -> int:
    """Become another program; on Windows, run it and return its exit code."""
    sys.stdout.flush()
    if sys.platform != "win32":
        os.execv(command[0], command)
    return subprocess.run(command, check=False).returncode
