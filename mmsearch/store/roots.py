"""The roots of a library: a small plain file, so that a search need not open the database."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from mmsearch.atomic import write_atomically
from mmsearch.errors import LibraryError
from mmsearch.store.records import RootRecord

_FILE = "roots.json"


def read_roots(folder: Path) -> list[RootRecord]:
    """All roots in the order in which they were added."""
    try:
        rows = json.loads((folder / _FILE).read_text("utf-8"))
        return [RootRecord(**row) for row in rows]
    except FileNotFoundError:
        return []
    except (ValueError, TypeError) as error:
        raise LibraryError(
            f"{folder / _FILE} is damaged: {error}.",
            "Delete it and add your folders again; what was indexed is taken over.",
        ) from error


def write_roots(folder: Path, roots: list[RootRecord]) -> None:
    """Replace the file as a whole."""
    rows = [asdict(root) for root in roots]
    text = json.dumps(rows, ensure_ascii=False, indent=1)
    write_atomically(folder / _FILE, text.encode(), durable=True)
