"""Puts what a library can say before the guard, and keeps what it decides."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmsearch.gallery import MODALITIES, Gallery
from mmsearch.normalise.candidates import candidates_for, careful_setting, default_setting
from mmsearch.normalise.evidence import described
from mmsearch.normalise.fit import fit_rows
from mmsearch.normalise.guard import Choice, choose
from mmsearch.normalise.library_bank import LibraryBank, banks_of, map_of, with_stand_in
from mmsearch.normalise.probes import Evidence, Judged, generated
from mmsearch.normalise.setting import QUERY_KINDS, Pair, Setting, kinds_of_tower
from mmsearch.normalise.terms import assemble
from mmsearch.types import F32, Modality, QueryBanks

_MOST_ITEMS = 2000
_MOST_DESCRIPTIONS = 500
_LEAST_ITEMS = 100
"""Among fewer segments hardly any query goes wrong, and what goes wrong is chance."""
_OUTGROWN = 0.2
_SEED = 3
_DESCRIPTIONS = "titles and file names"
_LIKED = "liked answers"
_MANY_NEW_VERDICTS = 10
_PAIRS = tuple((query_kind, target) for query_kind in QUERY_KINDS for target in MODALITIES)


@dataclass(frozen=True, slots=True)
class Choices:
    """What is done for each pair, and for which state of the library that was decided."""

    by_pair: Mapping[Pair, Choice]
    made_for: str = ""
    """The shipped banks' identity."""
    bank: str = ""
    """The library bank's identity."""
    n_segment: Mapping[str, int] = field(default_factory=dict)
    """By kind."""
    n_judged: int = 0
    """Searches of which answers were liked."""

    @property
    def settings(self) -> dict[Pair, Setting]:
        return {pair: choice.setting for pair, choice in self.by_pair.items()}

    def is_outgrown(self, gallery: Gallery, n_judged: int) -> bool:
        """Whether so much has changed that the guard should look again."""
        if abs(n_judged - self.n_judged) >= _MANY_NEW_VERDICTS + _OUTGROWN * self.n_judged:
            return True
        return any(
            abs(count - self.n_segment.get(kind, 0)) > _OUTGROWN * max(count, 1)
            for kind, count in _counts(gallery).items()
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "made_for": self.made_for,
            "bank": self.bank,
            "n_segment": dict(self.n_segment),
            "n_judged": self.n_judged,
            "pairs": [
                {"query": pair[0], "target": pair[1].value, **choice.to_json()}
                for pair, choice in self.by_pair.items()
            ],
        }

    @staticmethod
    def read(given: Mapping[str, Any], made_for: str) -> Choices | None:
        """What was kept; None if that was for other banks, or is damaged."""
        try:
            if given["made_for"] != made_for:
                return None
            by_pair = {
                (str(row["query"]), Modality(row["target"])): Choice.from_json(row)
                for row in given["pairs"]
            }
            counts = {str(kind): int(count) for kind, count in given["n_segment"].items()}
            n_judged = int(given["n_judged"])
            return Choices(by_pair, made_for, str(given["bank"]), counts, n_judged)
        except (KeyError, ValueError, TypeError, AttributeError):
            return None


def default_choices(made_for: str, *, is_measured: bool, has_bank: bool = False) -> Choices:
    """What is done before the guard has looked at a library."""
    by_pair = {
        pair: choose_without(pair, is_measured=is_measured, has_bank=has_bank) for pair in _PAIRS
    }
    return Choices(by_pair, made_for)


def choose_without(
    pair: Pair, *, is_measured: bool, has_bank: bool = False, are_few: bool = False
) -> Choice:
    """The choice without evidence."""
    setting_of = careful_setting if are_few else default_setting
    setting = setting_of(pair, is_measured=is_measured, has_bank=has_bank)
    if setting.is_raw:
        return Choice(setting, "nothing is known to help here")
    return Choice(setting, "with care, as there are few" if are_few else "as on other collections")


class Chooser:
    """Looks at one library."""

    def __init__(
        self,
        gallery: Gallery,
        shipped: QueryBanks,
        bank: LibraryBank,
        encode_texts: Callable[[Sequence[str]], F32],
        judged: Sequence[Judged] = (),
    ) -> None:
        self._gallery, self._shipped, self._bank = gallery, shipped, bank
        self._judged = judged
        self._encode_texts = encode_texts
        self._chance = np.random.default_rng(_SEED)
        n_of_content = np.diff(gallery.first_segment)
        self._owner = np.repeat(np.arange(len(n_of_content)), n_of_content)

    def choose(self, made_for: str) -> Choices:
        """Decide for every pair of kinds."""
        by_pair: dict[Pair, Choice] = {}
        for target in MODALITIES:
            tower = kinds_of_tower(target)
            if target is not tower[0]:
                continue
            rows, evidence = self._look_at(target)
            for query_kind in QUERY_KINDS:
                pair = (query_kind, target)
                choice = self._decide(pair, rows, evidence if query_kind == "text" else [])
                by_pair |= {(query_kind, one): choice for one in tower}
        counts = _counts(self._gallery)
        return Choices(by_pair, made_for, self._bank.identity, counts, len(self._judged))

    def _decide(self, pair: Pair, rows: NDArray[np.int64], evidence: Sequence[Evidence]) -> Choice:
        is_measured, has_bank = self._shipped.are_measured, bool(self._shipped.queries)
        candidates = candidates_for(pair, is_measured=is_measured, has_bank=has_bank)
        are_few = len(rows) < _LEAST_ITEMS
        if not candidates or not evidence or are_few:
            return choose_without(pair, is_measured=is_measured, has_bank=has_bank, are_few=are_few)
        banks = banks_of(pair, self._shipped, self._bank)
        kind = self._gallery.kind[rows]

        def term_of(setting: Setting) -> F32:
            raw = fit_rows(self._gallery.vectors, rows, banks, setting)
            factors = assemble(raw, None, kind, {pair[1]: setting})
            return sum((factor.term for factor in factors), np.zeros(len(rows), np.float32))

        items = self._gallery.vectors[rows]
        return choose(candidates, items, self._owner[rows], term_of, evidence)

    def _look_at(self, target: Modality) -> tuple[NDArray[np.int64], list[Evidence]]:
        """Segments of a tower, those of described files first, and what is asked of them."""
        codes = [MODALITIES.index(kind) for kind in kinds_of_tower(target)]
        rows = np.flatnonzero(np.isin(self._gallery.kind, codes))
        if len(rows) < _LEAST_ITEMS:
            return rows, []
        evidence = [*self._of_verdicts(rows), *self._of_descriptions(target)]
        is_asked_for = np.zeros(len(rows), bool)
        for some in evidence:
            is_asked_for |= np.isin(self._owner[rows], some.right)
        order = np.lexsort((self._chance.random(len(rows)), ~is_asked_for))
        rows = np.sort(rows[order[:_MOST_ITEMS]])
        to_text = map_of(self._shipped, target)
        real = with_stand_in(self._shipped.queries, "text", target)
        if to_text is not None and real is not None:
            items = self._gallery.vectors[rows]
            evidence.append(generated(items, self._owner[rows], to_text, real))
        return rows, evidence

    def _of_verdicts(self, rows: NDArray[np.int64]) -> Iterator[Evidence]:
        """What was searched for and liked, as far as it is among these segments."""
        gallery = self._gallery
        wanted = {content_id for one in self._judged for content_id in one.liked}
        content_of = {
            content_id: int(content)
            for content_id, content in zip(
                gallery.content_ids, gallery.asset_content.tolist(), strict=True
            )
            if content_id in wanted
        }
        here = set(self._owner[rows].tolist())
        pairs = [
            (one.vector, content_of[content_id])
            for one in self._judged
            for content_id in one.liked
            if content_of.get(content_id) in here
        ]
        if pairs:
            queries = np.stack([vector for vector, _ in pairs])
            right = np.array([content for _, content in pairs], np.int64)
            yield Evidence(queries, right, _LIKED, is_real=True)

    def _of_descriptions(self, target: Modality) -> Iterator[Evidence]:
        """Titles and names made of words, which should find their files."""
        gallery = self._gallery
        is_wanted = (gallery.asset_modality == MODALITIES.index(target)) & (
            gallery.asset_content >= 0
        )
        rows = self._chance.permutation(np.flatnonzero(is_wanted)).tolist()
        found = described(gallery.relative_paths, gallery.metadata, rows)
        pairs = list(islice(found, _MOST_DESCRIPTIONS))
        if pairs:
            queries = self._encode_texts([text for _, text in pairs])
            right = np.array([gallery.asset_content[row] for row, _ in pairs], np.int64)
            yield Evidence(queries, right, _DESCRIPTIONS, is_real=True)


def _counts(gallery: Gallery) -> dict[str, int]:
    return {kind.value: int((gallery.kind == code).sum()) for code, kind in enumerate(MODALITIES)}
