"""Does normalising help, and is the guard right where it does not?

    python -m tests.benchmarks.hubness [--data ../shared/data] [--work .cache/hubness] [--code]

Dev data only. Libraries are made of stored vectors, so that hundreds of tiny ones can be tried; the
terms come through the same class as in a search, with the guard deciding. Every row says how raw
cosines answer, how much the guarded terms change that, and what was chosen. ``--code`` adds CoSQA,
whose 6,267 functions take some minutes to encode.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from unittest import mock

import numpy as np

from mmsearch.encode.banks import shipped_banks
from mmsearch.encode.mini.bundle import open_encoder
from mmsearch.normalise.occurrence import occurrence, skewness
from mmsearch.normalise.terms import bank_term
from mmsearch.normalising import library_terms
from mmsearch.normalising.library_terms import AUTO, LibraryTerms
from mmsearch.types import F32, EncoderSpec, Modality, QueryBanks
from tests.benchmarks.hubness_data import Collection, collections
from tests.galleries import gallery_of

DATA = Path(__file__).parents[3] / "shared" / "data"
_TINY_SIZES = ((10, 100), (30, 40), (100, 15), (300, 6))
"""Files in a library, and how many such libraries are drawn."""
_BURST = 10
_NOISE = 0.008
"""Of near-duplicates: their cosine is about 0.98."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    name: str
    raw: float
    change: float
    skewness_before: float
    skewness_after: float
    chosen: str


def ask(items: Collection, banks: QueryBanks, spec: EncoderSpec) -> Row:
    """Raw and guarded, for one library that holds the collection."""
    raw, after, chosen = raw_and_guarded(items, banks, spec)
    before_quality, after_quality = (items.quality(scores) for scores in (raw, after))
    return Row(
        items.name,
        before_quality,
        after_quality - before_quality,
        skewness(occurrence(raw)),
        skewness(occurrence(after)),
        chosen,
    )


def raw_and_guarded(
    items: Collection, banks: QueryBanks, spec: EncoderSpec
) -> tuple[F32, F32, str]:
    """Cosines without and with the terms, both (n_query, n_item), and what the guard chose."""
    kinds = [items.kind] * len(items.items)
    gallery = gallery_of(segments_per_content=[1] * len(kinds), vectors=items.items, kinds=kinds)
    with (
        tempfile.TemporaryDirectory() as folder,
        mock.patch.object(library_terms, "shipped_banks", return_value=banks),
    ):
        terms = LibraryTerms(Path(folder), spec, keep_searches=False)
        terms.refit(gallery, 1, _no_texts)
        found = terms.terms(gallery, 1, AUTO, is_at_rest=True)
        choice = terms.choices.by_pair[items.query_kind, items.kind]
    raw = items.queries @ items.items.T
    taken = bank_term(raw[0], gallery.kind, found, items.query_kind)
    after = raw if taken is None else raw - taken
    if items.is_same:
        np.fill_diagonal(raw, -np.inf)
        np.fill_diagonal(after, -np.inf)
    return raw, after, str(choice.setting)


def _no_texts(texts: Sequence[str]) -> F32:
    raise AssertionError("the files of these libraries have no names")


def tiny(
    items: Collection, banks: QueryBanks, spec: EncoderSpec, n: int, n_draw: int, *, bursts: bool
) -> Row:
    """The mean over random parts of a collection, with bursts of near-duplicates or without."""
    chance = np.random.default_rng(n)
    rows = []
    for _ in range(n_draw):
        part = items.part(chance.choice(len(items.items), n, replace=False))
        rows.append(ask(_with_bursts(part, chance) if bursts else part, banks, spec))
    chosen = Counter(row.chosen for row in rows).most_common(1)[0][0]
    means = np.mean([row_numbers(row) for row in rows], axis=0).tolist()
    name = f"{items.name}, {n} files" + (", bursts" if bursts else "")
    return Row(name, *means, chosen)


def row_numbers(row: Row) -> tuple[float, float, float, float]:
    return row.raw, row.change, row.skewness_before, row.skewness_after


def _with_bursts(items: Collection, chance: np.random.Generator) -> Collection:
    """A quarter of the items come with ten near-duplicates each, as right as they are."""
    originals = chance.choice(len(items.items), max(1, len(items.items) // 4), replace=False)
    again = np.repeat(originals, _BURST)
    copies = items.items[again] + _NOISE * chance.standard_normal(
        (len(again), items.items.shape[1])
    )
    copies /= np.linalg.norm(copies, axis=1, keepdims=True)
    return replace(
        items,
        items=np.concatenate([items.items, copies]).astype(np.float32),
        right=np.concatenate([items.right, items.right[:, again]], axis=1),
    )


def with_bank(banks: QueryBanks, queries: F32) -> QueryBanks:
    """Another bank of sentences for pictures."""
    return replace(banks, queries={**banks.queries, ("text", Modality.IMAGE): queries})


def odd_banks(banks: QueryBanks, class_names: F32) -> dict[str, QueryBanks]:
    """Far from what is asked, tiny, and of one."""
    captions = banks.queries["text", Modality.IMAGE]
    chance = np.random.default_rng(1)
    noise = chance.standard_normal(captions.shape).astype(np.float32)
    return {
        "far bank (about code)": with_bank(banks, banks.queries["text", Modality.CODE]),
        "far bank (random)": with_bank(banks, noise / np.linalg.norm(noise, axis=1, keepdims=True)),
        "far bank (class names)": with_bank(banks, class_names),
        "tiny bank (5 captions)": with_bank(banks, captions[:5]),
        "bank of one": with_bank(banks, captions[:1]),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--work", type=Path, default=Path(".cache/hubness"))
    parser.add_argument("--code", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    encoder = open_encoder()
    banks, spec = shipped_banks(encoder.spec), encoder.spec
    found = collections(options.data, options.work, encoder, with_code=options.code)
    rows: list[Row] = []

    def add(make: Callable[[], Row]) -> None:
        rows.append(make())
        if not options.json:
            print(as_line(rows[-1]), flush=True)

    if not options.json:
        print("| library | raw | change | skewness | after | chosen |\n|---|---|---|---|---|---|")
    for items in found.values():
        add(lambda items=items: ask(items, banks, spec))
    captions, names = found["captions"], found["class names"]
    for what, odd in odd_banks(banks, names.queries).items():
        for items in (captions, names):
            other = replace(items, name=f"{items.name}, {what}")
            add(lambda other=other, odd=odd: ask(other, odd, spec))
    for n, n_draw in _TINY_SIZES:
        for items in (captions, names):
            for bursts in (False, True):
                add(lambda i=items, n=n, d=n_draw, b=bursts: tiny(i, banks, spec, n, d, bursts=b))
    if options.json:
        print(json.dumps([asdict(row) for row in rows], indent=1))
        return
    print(f"worst change: {100 * min(row.change for row in rows):+.1f} points")


def as_line(row: Row) -> str:
    return (
        f"| {row.name} | {100 * row.raw:.1f} | {100 * row.change:+.1f} "
        f"| {row.skewness_before:.2f} | {row.skewness_after:.2f} | {row.chosen} |"
    )


if __name__ == "__main__":
    main()
