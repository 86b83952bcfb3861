"""Filters by where a file lies and what it is called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mmsearch.gallery import Gallery
from mmsearch.paths import full_path

Mask = NDArray[np.bool_]
_WILD = re.compile(r"[*?]")


def in_folder(gallery: Gallery, given: str, root_paths: Mapping[str, Path]) -> Mask:
    """Assets in or below a folder: a path ("/photos", "~/a", "./b"), or a name anywhere in one.

    A name may be several with "/" between ("2023/sea") and may have * and ?; case is ignored.
    """
    if given.startswith(("~", ".")) or Path(given).is_absolute():
        return in_folders(gallery, (full_path(given),), root_paths)
    names = re.split(r"[/\\]+", _comparable(given).strip("/\\"))
    pattern = re.compile("/" + "/".join(_pattern(name, "[^/]") for name in names) + "/")
    passed = np.zeros(gallery.n_asset, bool)
    for place, root_id in enumerate(gallery.root_ids):
        if root_id in root_paths:
            base = _folder_of_root(gallery, place, root_paths[root_id])
            inside = [bool(pattern.search(base + _comparable(some))) for some in gallery.folders]
            passed |= (gallery.asset_root == place) & np.array(inside)[gallery.asset_folder]
    return passed


def _folder_of_root(gallery: Gallery, place: int, root: Path) -> str:
    """With "/" at both ends; of a root that is a file, the folder it lies in."""
    folder = root.parent if _row_of_file_root(gallery, place) is not None else root
    return "/" + _comparable(folder.as_posix()).strip("/") + "/"


def in_folders(gallery: Gallery, folders: Sequence[Path], root_paths: Mapping[str, Path]) -> Mask:
    """Assets in or below one of the folders; a root that is a file counts as in its folder."""
    passed = np.zeros(gallery.n_asset, bool)
    for place, root_id in enumerate(gallery.root_ids):
        wanted = _prefixes(root_paths[root_id], folders) if root_id in root_paths else ()
        if wanted:
            inside = np.array([folder.startswith(wanted) for folder in gallery.folders])
            passed |= (gallery.asset_root == place) & inside[gallery.asset_folder]
    return passed


def _prefixes(root: Path, folders: Sequence[Path]) -> tuple[str, ...]:
    """What folders under the root start with to lie in one of the wanted ones."""
    found = []
    for folder in folders:
        if root.is_relative_to(folder):
            return ("",)
        if folder.is_relative_to(root):
            found.append(folder.relative_to(root).as_posix() + "/")
    return tuple(found)


def with_extension(
    gallery: Gallery, extensions: Sequence[str], root_paths: Mapping[str, Path]
) -> Mask:
    """Assets with one of the extensions, with or without the dot, in any case."""
    wanted = {extension.lower().lstrip(".") for extension in extensions}
    passed = np.array([extension in wanted for extension in gallery.extensions], bool)
    mask: Mask = passed[gallery.asset_extension]
    for row, root in _file_roots(gallery, root_paths):
        mask[row] |= root.suffix.lower().lstrip(".") in wanted
    return mask


def with_name(gallery: Gallery, given: str, root_paths: Mapping[str, Path]) -> Mask:
    """Assets whose file name has the text in it, or is like it where it has * or ?."""
    text = _comparable(given)
    if not text.strip("*"):
        return np.ones(gallery.n_asset, bool)
    mask = np.zeros(gallery.n_asset, bool)
    starts = list(_places(text, gallery.file_names))
    mask[np.searchsorted(_line_ends(gallery.file_names), starts)] = bool(gallery.n_asset)
    for row, root in _file_roots(gallery, root_paths):
        mask[row] = any(True for _ in _places(text, _comparable(root.name)))
    return mask


def _places(text: str, lines: str) -> Iterator[int]:
    """Where in some lines a text is, or what is like it where it has * or ?."""
    if not _WILD.search(text):  # several times as fast as a pattern
        place = lines.find(text)
        while place >= 0:
            yield place
            place = lines.find(text, place + len(text))
        return
    yield from (found.start() for found in _name_pattern(text).finditer(lines))


def _name_pattern(text: str) -> re.Pattern[str]:
    """For a search in lines. A * at an end needs no pattern, only no anchor, which is fast."""
    inside = _pattern(text.strip("*"), "[^\n]")
    start = "" if text.startswith("*") else "^"
    end = "" if text.endswith("*") else "$"
    return re.compile(f"{start}{inside}{end}", re.MULTILINE)


def _line_ends(lines: str) -> NDArray[np.int64]:
    """Where each line ends, in characters: the place of its break, or the end of the text."""
    letters = np.frombuffer(lines.encode("utf-32-le"), np.uint32)
    return np.append(np.flatnonzero(letters == ord("\n")), len(letters))


def _pattern(text: str, any_letter: str) -> str:
    """A regular expression for a text with * and ?."""
    signs = {"*": f"{any_letter}*", "?": any_letter}
    return "".join(signs.get(letter, re.escape(letter)) for letter in text)


def _comparable(text: str) -> str:
    """As the gallery's file names are kept: NFC, lower case."""
    return unicodedata.normalize("NFC", text).lower()


def _file_roots(gallery: Gallery, root_paths: Mapping[str, Path]) -> Iterator[tuple[int, Path]]:
    """The row and the path of each root that is a single file: its relative path is "."."""
    for place, root_id in enumerate(gallery.root_ids):
        row = _row_of_file_root(gallery, place)
        if row is not None and root_id in root_paths:
            yield row, root_paths[root_id]


def _row_of_file_root(gallery: Gallery, place: int) -> int | None:
    if gallery.n_of_root[place] != 1:
        return None
    row = int((gallery.asset_root == place).argmax())
    return row if gallery.relative_paths[row] == "." else None
