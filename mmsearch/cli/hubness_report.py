"""What ``mmsearch doctor --hubness`` prints."""

from __future__ import annotations

import json
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

from mmsearch.atomic import write_atomically
from mmsearch.errors import UserError
from mmsearch.gallery import Gallery
from mmsearch.normalising.report import PairReport, path_of_segment

_WIDTH = 100
_NOTHING = "There is too little in the library to have hubs."


def report_in_words(gallery: Gallery, reports: Sequence[PairReport]) -> str:
    """A table, and below it what was decided for each pair of kinds, and why."""
    if not reports:
        return _NOTHING
    lines = [_table(reports), ""]
    for one in reports:
        hub = path_of_segment(gallery, one.before.largest)
        asked = f"asked with {one.n_probe:,} of {one.probes}"
        lines.append(f"{_name(one)}: {one.choice.reason}.")
        lines.append(f"    {asked}; the largest hub was {hub}")
    return "\n".join(lines)


def report_as_json(gallery: Gallery, reports: Sequence[PairReport]) -> str:
    """The same for programs."""
    return json.dumps([one.to_json(gallery) for one in reports], ensure_ascii=False, indent=1)


def save_plot(path: Path, reports: Sequence[PairReport]) -> None:
    """Write the drawing; raises UserError when that cannot be done."""
    from mmsearch.evaluate.hub_chart import hub_chart

    if not reports:
        raise UserError(_NOTHING, "Index more files.")
    try:
        write_atomically(path, hub_chart(reports).encode())
    except OSError as error:
        raise UserError(f"The plot {path} cannot be written: {error.strerror}.") from error


def _table(reports: Sequence[PairReport]) -> str:
    """Drawn by rich, without colour, the same in a file as on a screen."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE, title="How often the same segments answer", title_justify="left")
    for head in ("query → answer", "normalised by"):
        table.add_column(head)
    for head in ("segments", "skewness", "after", "largest hub", "after"):
        table.add_column(head, justify="right")
    for one in reports:
        table.add_row(
            _name(one),
            str(one.choice.setting),
            f"{len(one.before.counts):,}",
            f"{one.before.skewness:.2f}",
            f"{one.after.skewness:.2f}",
            f"{one.before.most:,}",
            f"{one.after.most:,}",
        )
    text = StringIO()
    Console(file=text, width=_WIDTH, no_color=True, force_terminal=False).print(table)
    return "\n".join(line.rstrip() for line in text.getvalue().strip("\n").splitlines())


def _name(one: PairReport) -> str:
    return f"{one.pair[0]} → {one.pair[1].value}"
