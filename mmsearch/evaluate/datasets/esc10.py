"""ESC-10: five-second sounds of ten classes, in folds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mmsearch.errors import UserError
from mmsearch.evaluate.datasets.adapter import DATASETS, many_right, read_rows
from mmsearch.evaluate.datasets.shelf import Shelf
from mmsearch.evaluate.queries import JudgedQuery
from mmsearch.types import Modality, Query


def labelled_sounds(data: Path, shelf: Shelf, fold: str = "") -> dict[tuple[str, str], list[Path]]:
    """Put the sounds on the shelf, a folder for each fold: paths by (fold, class name)."""
    folder = data / "esc10"
    found: dict[tuple[str, str], list[Path]] = {}
    rows = read_rows(folder / "labels.jsonl", ("file", "label", "fold"))
    for number, row in enumerate(rows):
        if fold in ("", str(row["fold"])):
            source = folder / row["file"]
            path = shelf.link(f"fold {row['fold']}/{number:04}{source.suffix}", source)
            found.setdefault((str(row["fold"]), row["label"]), []).append(path)
    if not found:
        raise UserError(f"esc10 has no fold {fold}.", "Write for example esc10:4, or esc10.")
    return found


@DATASETS.register("esc10")
def esc10(data: Path, part: str, shelf: Shelf) -> Iterator[JudgedQuery]:
    """Class names find the sounds of their class (ESC-10, part: fold), fold by fold.

    Each fold is a folder, and its queries search in this folder only (``--in``). The shipped
    tower has heard all four folds; weights that have not heard one are measured with that part.
    """
    found = labelled_sounds(data, shelf, part)
    for (fold, label), relevant in sorted(found.items()):
        n_items = sum(len(paths) for (other, _), paths in found.items() if other == fold)
        for wording, text in (("class name", label), ("“the sound of …”", f"the sound of {label}")):
            query = Query(
                text=text, modalities=(Modality.AUDIO,), folders=(shelf.folder / f"fold {fold}",)
            )
            group = f"{wording} → sounds of fold {fold}"
            yield many_right(f"{fold} {text}", query, relevant, group, n_items=n_items)
