"""Debian packages that are only read: fetched into the work folder, never installed."""

from __future__ import annotations

import subprocess
from pathlib import Path

from mmsearch.errors import UserError


def unpacked(work: Path, package: str) -> Path:
    """The folder of an unpacked package; its .deb is fetched unless it lies in the work folder."""
    folder = (work / "packages").resolve()
    target = folder / package
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        archive = _archive(folder, package) or _fetched(folder, package)
        part = folder / f"part of {package}"
        _call(["dpkg-deb", "-x", str(archive), str(part)], folder, package)
        part.replace(target)
    return target


def _archive(folder: Path, package: str) -> Path | None:
    return next(iter(sorted(folder.glob(f"{package}_*.deb"))), None)


def _fetched(folder: Path, package: str) -> Path:
    _call(["apt-get", "download", package], folder, package)
    archive = _archive(folder, package)
    if archive is None:
        raise _missing(folder, package)
    return archive


def _call(command: list[str], folder: Path, package: str) -> None:
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise _missing(folder, package) from error


def _missing(folder: Path, package: str) -> UserError:
    return UserError(
        f"The Debian package {package} cannot be fetched or unpacked.",
        "Run this on Debian 12 after `apt-get update`, or put "
        f"{package}_….deb from packages.debian.org into {folder} (dpkg-deb unpacks it).",
    )
