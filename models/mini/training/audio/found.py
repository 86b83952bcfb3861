"""Recorded sounds and instrument fonts out of Debian packages: they are only trained on.

The packages are fetched with ``apt-get download`` and unpacked in the work folder, not installed.
"""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import librosa
import numpy as np

from .signals import F32, RATE_HZ

SOUND_PACKAGES = (
    "openttd-opensfx",
    "scratch",
    "sonic-pi-samples",
    "tuxpaint-stamps-default",
    "unknown-horizons",
    "wesnoth-1.16-data",
)
FONT_PACKAGES = ("csound-soundfont", "musescore-general-soundfont-small")
_SUFFIXES = {".ogg", ".wav", ".mp3", ".flac"}
_LONGEST_S = 12
_SHORTEST_S = 0.1
_ONE_IN_DESCRIPTIONS = 20


def unpacked(work: Path, package: str) -> Path:
    """The folder of an unpacked package, fetched when it is not there."""
    folder = (work / "found").resolve()
    target = folder / package
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["apt-get", "download", package], cwd=folder, check=True)
        archive = next(folder.glob(f"{package}_*.deb"))
        subprocess.run(["dpkg", "-x", str(archive), str(target)], check=True)
        archive.unlink()
    return target


def fonts(work: Path) -> list[Path]:
    """Instrument fonts beside FluidR3."""
    return [
        path
        for package in FONT_PACKAGES
        for path in sorted(unpacked(work, package).rglob("*.sf[23]"))
        if not path.is_symlink()
    ]


def recordings(work: Path) -> list[tuple[str, F32]]:
    """Label ("speech" or none) and samples of all recordings in the packages."""
    sounds: list[tuple[str, F32]] = []
    for package in SOUND_PACKAGES:
        folder = unpacked(work, package)
        sounds += [(_label(path), _read(path)) for path in _chosen(folder)]
        for path in sorted(folder.rglob("*.cat")):
            sounds += [("", _read(io.BytesIO(wave))) for wave in waves(path.read_bytes())]
    return [(label, samples) for label, samples in sounds if len(samples) > _SHORTEST_S * RATE_HZ]


def waves(catalogue: bytes) -> list[bytes]:
    """The WAV files inside a sound file of OpenTTD."""
    starts, at = [], catalogue.find(b"RIFF")
    while at >= 0:
        size = int.from_bytes(catalogue[at + 4 : at + 8], "little") + 8
        starts.append(catalogue[at : at + size])
        at = catalogue.find(b"RIFF", at + size)
    return starts


def _chosen(folder: Path) -> list[Path]:
    """Recordings of a package; of spoken descriptions only some, there are thousands."""
    paths = sorted(p for p in folder.rglob("*") if p.suffix in _SUFFIXES and not p.is_symlink())
    spoken = [path for path in paths if "_desc" in path.stem]
    return [path for path in paths if "_desc" not in path.stem] + spoken[::_ONE_IN_DESCRIPTIONS]


def _label(path: Path) -> str:
    is_spoken = "_desc" in path.stem or {"symbols", "voice"} & set(path.parts)
    return "speech" if is_spoken else ""


def _read(source: Path | io.BytesIO) -> F32:
    samples, _ = librosa.load(source, sr=RATE_HZ, mono=True, duration=_LONGEST_S)
    return np.asarray(samples, np.float32)
