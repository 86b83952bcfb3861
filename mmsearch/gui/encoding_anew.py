"""What is said while the files of a library are encoded anew with another model."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from mmsearch.encode.models.folder import EMBEDDED, installed_models
from mmsearch.gui.texts import counted
from mmsearch.types import LibraryStatus


@dataclass(frozen=True, slots=True)
class EncodingAnew:
    """Files that the chosen model has yet to encode."""

    n_files: int
    model: str
    """Its name, or the names of several."""
    is_found: bool
    """Whether they are found until then, by the vectors of the model before."""


def encoding_anew(status: LibraryStatus) -> EncodingAnew | None:
    """What has to be encoded anew; None where there is nothing, or only on drives that are away.

    It reads the names of the installed models from the disk.
    """
    (space,) = status.spaces
    is_found = status.answering != space
    if not status.n_outdated or not (is_found or status.n_outdated > status.n_offline):
        return None
    return EncodingAnew(status.n_outdated, _model_names(space), is_found)


def anew_words(anew: EncodingAnew, *, is_running: bool) -> str:
    """Say it in one line."""
    if is_running and anew.is_found:
        one = _tr("{n} file is being encoded anew with {0}; until then the model before answers.")
        many = _tr(
            "{n} files are being encoded anew with {0}; until then the model before answers."
        )
    elif is_running:
        one = _tr("{n} file is being encoded anew with {0}; until then it is not found.")
        many = _tr("{n} files are being encoded anew with {0}; until then they are not found.")
    elif anew.is_found:
        one = _tr("{n} file has yet to be encoded with {0}; until then the model before answers.")
        many = _tr(
            "{n} files have yet to be encoded with {0}; until then the model before answers."
        )
    else:
        one = _tr("{n} file has yet to be encoded with {0}; until then it is not found.")
        many = _tr("{n} files have yet to be encoded with {0}; until then they are not found.")
    name = anew.model.replace("{", "{{").replace("}", "}}")
    return counted(anew.n_files, one.replace("{0}", name), many.replace("{0}", name))


def _model_names(space: str) -> str:
    """Of the models whose vectors a space has; what the embedded one does beside is not named."""
    ids = space.partition("@")[0].split("+")
    chosen = [one for one in ids if one != EMBEDDED]
    if not chosen:
        return "mmsearch mini"
    installed = installed_models()
    names = (installed[one].name if one in installed else one for one in chosen)
    return " + ".join(names)


def _tr(text: str) -> str:
    return QCoreApplication.translate("EncodingAnew", text)
