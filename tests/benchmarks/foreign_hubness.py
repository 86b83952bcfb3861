"""What can be taken off the cosines of a model that came without query banks?

    python -m tests.benchmarks.foreign_hubness [--data ../shared/data] [--work .cache/hubness]

The space of ``mini`` stands for a foreign one: its own banks and its map from pictures to sentences
are left away, and the bank of sentences is made of resources/everyday_sentences.txt. Dev data only;
libraries as in tests/benchmarks/hubness.py. The candidates for such spaces in
mmsearch/normalise/candidates.py were chosen by this table.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from mmsearch.encode.everyday import sentences_by_kind
from mmsearch.encode.mini.bundle import open_encoder
from mmsearch.normalise.fit import fit_rows
from mmsearch.normalise.library_bank import LibraryBank, banks_of
from mmsearch.normalise.setting import Setting
from mmsearch.normalise.terms import assemble
from mmsearch.types import Modality, QueryBanks
from tests.benchmarks.hubness import DATA
from tests.benchmarks.hubness_data import Collection, collections

_SIZES = ((30, 40), (100, 20), (300, 8))
SETTINGS = tuple(
    Setting("nnn", strength=strength, real_share=share)
    for strength in (0.5, 1.0)
    for share in (0.0, 0.5, 1.0)
)


def change(items: Collection, banks: QueryBanks, setting: Setting) -> float:
    """How much better a collection answers than by raw cosines."""
    pair = (items.query_kind, items.kind)
    library = LibraryBank({items.kind: items.items[:1000]})
    rows = np.arange(len(items.items))
    raw = fit_rows(items.items, rows, banks_of(pair, banks, library), setting)
    factors = assemble(raw, None, np.full(len(rows), _code(items.kind)), {pair[1]: setting})
    term = sum((factor.term for factor in factors), np.zeros(len(rows), np.float32))
    scores = items.queries @ items.items.T
    return items.quality(scores - term) - items.quality(scores)


def parts(items: Collection) -> Iterator[tuple[str, list[Collection]]]:
    """The whole, and random small libraries made of it."""
    yield "all", [items]
    chance = np.random.default_rng(0)
    for n, n_draw in (size for size in _SIZES if size[0] < len(items.items)):
        draws = [chance.choice(len(items.items), n, replace=False) for _ in range(n_draw)]
        yield str(n), [items.part(chosen) for chosen in draws]


def main() -> None:
    """Print a table: a line a library, a column a setting."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--work", type=Path, default=Path(".cache/hubness"))
    options = parser.parse_args()
    encoder = open_encoder()
    found = collections(options.data, options.work, encoder, with_code=False)
    said = {
        ("text", kind): encoder.encode_texts(lines)
        for kind, lines in sentences_by_kind().items()
        if kind is not Modality.CODE
    }
    banks = QueryBanks(said)
    names = [f"×{one.strength:g} real {one.real_share:g}" for one in SETTINGS]
    print("| library | " + " | ".join(names) + " |")
    for name, items in found.items():
        if items.query_kind != "text":
            continue
        for size, libraries in parts(items):
            cells = [np.mean([change(one, banks, some) for one in libraries]) for some in SETTINGS]
            told = " | ".join(f"{100 * cell:+.1f}" for cell in cells)
            print(f"| {name}, {size} | {told} |", flush=True)


def _code(kind: Modality) -> int:
    from mmsearch.gallery import MODALITIES

    return MODALITIES.index(kind)


if __name__ == "__main__":
    main()
