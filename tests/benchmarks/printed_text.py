"""Whether a phrase that is printed in one of many screenshots finds it, and what reading costs.

    python -m tests.benchmarks.printed_text --n 100

Makes screenshots of random words, indexes them (with and without reading), and asks for three
neighbouring words of each.
"""

from __future__ import annotations

import random
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import click

import mmsearch
from mmsearch.settings import Settings
from tests.benchmarks.report import print_report
from tests.printed_pages import random_lines, save_page

_LINES = 12
_WORDS = 3


@click.command()
@click.option("--n", "n_page", default=100, help="How many screenshots.")
def main(n_page: int) -> None:
    """Index screenshots and ask for their phrases."""
    with tempfile.TemporaryDirectory() as name:
        work, chance = Path(name), random.Random(0)
        phrases = dict(_page(work, number, chance) for number in range(n_page))
        plain_s, _ = _asked(work, phrases, read=False)
        read_s, ranks = _asked(work, phrases, read=True)
    at_one = sum(rank == 1 for rank in ranks) / n_page
    figures = {"n": n_page, "found_first": at_one, "missed": ranks.count(0)}
    print_report(figures | {"index_s": round(read_s, 1), "index_without_s": round(plain_s, 1)})


def _page(work: Path, number: int, chance: random.Random) -> tuple[Path, str]:
    lines = random_lines(chance, _LINES)
    path = work / "shots" / f"{number:03}.{chance.choice(('png', 'jpg'))}"
    path.parent.mkdir(exist_ok=True)
    words = max(lines, key=len).split()
    start = chance.randrange(len(words) - _WORDS + 1)
    return save_page(path, lines, chance), " ".join(words[start : start + _WORDS])


def _asked(work: Path, phrases: dict[Path, str], *, read: bool) -> tuple[float, list[int]]:
    """Seconds to index, and at which rank each phrase finds its page; 0 for none of ten."""
    settings = replace(Settings(), read_printed=read)
    started_s = time.perf_counter()
    with mmsearch.open_library(work / f"library-{read}", settings=settings) as library:
        library.add(work / "shots")
        library.index()
        took_s = time.perf_counter() - started_s
        ranks = []
        for path, phrase in phrases.items():
            found = [hit.path for hit in library.search(phrase, limit=10)]
            ranks.append(found.index(path) + 1 if path in found else 0)
    return took_s, ranks


if __name__ == "__main__":
    main()
