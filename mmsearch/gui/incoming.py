"""What arrives by drop or paste: files, or a picture that has no file yet."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QUrl
from PySide6.QtGui import QImage

_N_PASTED_KEPT = 50


def paths_in(data: QMimeData) -> list[Path]:
    """Return the local files and folders that are there, also when they come as text."""
    urls = data.urls()
    if not urls and data.hasText():
        urls = [QUrl(line) for line in data.text().split() if line.startswith("file://")]
    paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    return [path for path in paths if path.exists()]


def is_searchable(data: QMimeData) -> bool:
    """Whether one can search by this: files, a picture, or words."""
    return bool(paths_in(data)) or data.hasImage() or data.hasText()


def is_file_like(data: QMimeData) -> bool:
    """Whether this is more than words: files or a picture."""
    return bool(paths_in(data)) or data.hasImage()


def examples_in(data: QMimeData, folder: Path) -> list[Path]:
    """Return the files to search by; a bare picture is kept in ``folder`` first."""
    paths = [path for path in paths_in(data) if path.is_file()]
    if paths or not data.hasImage():
        return paths
    image = QImage(data.imageData())
    return [] if image.isNull() else [keep_picture(image, folder)]


def keep_picture(image: QImage, folder: Path) -> Path:
    """Write a pasted picture as PNG, named by its content, and drop the oldest of many."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    written = content.data()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"pasted-{hashlib.blake2b(written, digest_size=6).hexdigest()}.png"
    path.write_bytes(written)
    by_age = sorted(folder.glob("pasted-*.png"), key=lambda old: old.stat().st_mtime)
    for old in by_age[:-_N_PASTED_KEPT]:
        old.unlink(missing_ok=True)
    return path
