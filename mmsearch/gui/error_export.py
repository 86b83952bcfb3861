"""The list of unreadable files for other programs: a table or plain text."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from mmsearch.atomic import write_atomically
from mmsearch.errors import UserError
from mmsearch.gui.engine_words import engine_text
from mmsearch.gui.texts import failure_name
from mmsearch.types import FailedFile


def _tr(text: str) -> str:
    return QCoreApplication.translate("export", text)


def as_lines(errors: Sequence[FailedFile]) -> str:
    """A line a file, tabs between path, kind and reason: for the clipboard."""
    return "\n".join("\t".join(_cells(error)) for error in errors)


def as_text(errors: Sequence[FailedFile]) -> str:
    """Each file with its reason below, to be read."""
    return "".join(f"{path}\n    {kind}: {reason}\n" for path, kind, reason in map(_cells, errors))


def as_csv(errors: Sequence[FailedFile]) -> str:
    """A table as spreadsheets read it."""
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow((_tr("Path"), _tr("Kind"), _tr("Reason")))
    table.writerows(map(_cells, errors))
    return written.getvalue()


def write_errors(path: Path, errors: Sequence[FailedFile]) -> None:
    """Write the list as its suffix says: a table for ``.csv``, else text.

    Raises UserError when it cannot be written.
    """
    if path.suffix.lower() == ".csv":
        content = as_csv(errors).encode(
            "utf-8-sig", "backslashreplace"
        )  # or Excel takes it for Latin-1
    else:
        content = as_text(errors).encode("utf-8", "backslashreplace")
    try:
        write_atomically(path, content)
    except OSError as error:
        raise UserError(
            _tr("{0} cannot be written: {1}.").format(path, error.strerror or error),
            _tr("Choose another folder."),
        ) from error


def _cells(error: FailedFile) -> tuple[str, str, str]:
    reason = engine_text(f"{error.reason} {error.hint}".strip())
    return str(error.path), failure_name(error.kind), reason
