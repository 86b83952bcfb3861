"""What arrives by drop or paste: files, or a picture that has no file yet."""

from __future__ import annotations

import hashlib
import platform
import re
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QMimeData, QUrl
from PySide6.QtGui import QImage

_N_PASTED_KEPT = 50
_DATA_ADDRESS = re.compile(r"data:image/[\w.+-]+;base64,([A-Za-z0-9+/=]+)")


def _tr(text: str) -> str:
    return QCoreApplication.translate("incoming", text)


def paths_in(data: QMimeData) -> list[Path]:
    """Return the local files and folders that are there, also when they come as text."""
    urls = data.urls()
    if not urls and data.hasText():
        urls = [QUrl(line) for line in data.text().split() if line.startswith("file://")]
    paths = [_local_path(url) for url in urls if url.isLocalFile()]
    return [path for path in paths if path.exists()]


def _local_path(url: QUrl) -> Path:
    """Some file managers name this computer in their addresses; Qt takes that for a share."""
    if url.host() in ("localhost", platform.node().lower()):
        url = QUrl(url)
        url.setHost("")
    return Path(url.toLocalFile())


def picture_in(data: QMimeData) -> QImage:
    """Return the picture that comes without a file; empty where there is none.

    Browsers hand on some pictures as "data:" addresses, which hold the picture itself.
    """
    if data.hasImage():
        return QImage(data.imageData())
    addresses = [url.toString() for url in data.urls()] + [data.text(), data.html()]
    for address in addresses:
        found = _DATA_ADDRESS.search(address)
        if found is not None:
            return QImage.fromData(QByteArray.fromBase64(found[1].encode()))
    return QImage()


def is_web_address(data: QMimeData) -> bool:
    """Whether this only says where in the web something is; nobody here will go and get it."""
    texts = [url.toString() for url in data.urls()] or data.text().split()[:1]
    return any(text.startswith(("http://", "https://")) for text in texts)


def refusal(data: QMimeData) -> str:
    """Why one cannot search by this, in words."""
    if is_web_address(data):
        return _tr(
            "The browser gave only an address, and mmsearch does not go online. Copy the picture "
            "itself in the browser, then paste it here."
        )
    if paths_in(data):
        return _tr("A folder cannot be an example; drop files.")
    return _tr("There is no file and no picture in this.")


def is_searchable(data: QMimeData) -> bool:
    """Whether one can search by this: files, a picture, or words."""
    return is_droppable(data) or data.hasText()


def is_file_like(data: QMimeData) -> bool:
    """Whether this is more than words: files or a picture."""
    return can_be_example(data) or bool(paths_in(data))


def is_droppable(data: QMimeData) -> bool:
    """Whether somebody drags more than words: also an address, about which there is a word."""
    return is_file_like(data) or bool(data.urls())


def can_be_example(data: QMimeData) -> bool:
    """Whether there is a file or a picture to search by."""
    has_data = any(map(_DATA_ADDRESS.search, (data.html(), data.text())))
    return data.hasImage() or has_data or any(path.is_file() for path in paths_in(data))


def examples_in(data: QMimeData, folder: Path) -> list[Path]:
    """Return the files to search by; a bare picture is kept in ``folder`` first."""
    paths = [path for path in paths_in(data) if path.is_file()]
    if paths:
        return paths
    image = picture_in(data)
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
