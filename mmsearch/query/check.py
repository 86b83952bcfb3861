"""Checks a query before anything is loaded, and says in one line what is wrong with it."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable

from mmsearch.errors import QueryError
from mmsearch.types import Modality, Query

_OTHER_NAMES = {
    "picture": Modality.IMAGE,
    "photo": Modality.IMAGE,
    "film": Modality.VIDEO,
    "movie": Modality.VIDEO,
    "sound": Modality.AUDIO,
    "music": Modality.AUDIO,
    "text": Modality.CODE,
}
NORMALISERS = ("auto", "none", "nnn", "csls", "is", "dis", "dual-is", "dual-dis", "sinkhorn")
"""The methods of mmsearch.normalise, which stages may not ask."""
_FEEDBACK = ("gradient", "rocchio")
RERANKERS = ("auto", "none", "words", "picture-words", "superglobal")
"""Those that are always there; the others are installed models."""
BUDGETED = ("axn", "anncur", "adaptive-anncur")
"""Ways of mmsearch.rerank.budgeted, which stages may not ask."""
_RERANK_HOW = ("auto", "top", *BUDGETED, "pairs", "packed", "listwise", "attention")


def modality_from_name(name: str) -> Modality:
    """A kind by its name or an everyday word for it, singular or plural."""
    word = name.strip().lower()
    singular = word.removesuffix("s")
    for known in (word, singular):
        if known in set(Modality):
            return Modality(known)
        if known in _OTHER_NAMES:
            return _OTHER_NAMES[known]
    raise QueryError(
        f"There is no kind of file called {name!r}.",
        _suggestion(word, [kind.value for kind in Modality]),
    )


def modalities_from_names(names: Iterable[str]) -> tuple[Modality, ...]:
    """Kinds from one or more comma-separated lists, without repetition."""
    words = [word for name in names for word in name.split(",") if word.strip()]
    return tuple(dict.fromkeys(modality_from_name(word) for word in words))


def check_query(query: Query, installed: Callable[[], Iterable[str]] = tuple) -> None:
    """Raise QueryError for a query that cannot be answered, understood already or not.

    installed: asked for the names of further rerankers.
    """
    asks = query.wanted is not None or query.text.strip() or query.like
    if not asks and not _has_filter(query):
        raise QueryError(
            "There is nothing to search for.", "Give some words, or an example with --like FILE."
        )
    for path in (*query.like, *query.avoid_like):
        if not path.exists():
            raise QueryError(f"The example {path} does not exist.", "Check the path.")
    if query.limit < 1:
        raise QueryError(f"The limit must be at least 1, not {query.limit}.")
    if not 0 <= query.min_match <= 1:
        raise QueryError(f"The least match must be from 0 to 1, not {query.min_match}.")
    if query.date_from and query.date_to and query.date_from > query.date_to:
        raise QueryError(f"{query.date_from} is after {query.date_to}.", "Swap the two dates.")
    check_normaliser(query.normalise)
    if query.rerank not in RERANKERS:
        _check_method("reranker", query.rerank, (*RERANKERS, *installed()))
    _check_method("way of reranking", query.rerank_how, _RERANK_HOW)
    if not query.rerank_s > 0:
        raise QueryError(f"A reranker needs more than {query.rerank_s} seconds.")
    _check_method("way of feedback", query.feedback, _FEEDBACK)
    both = set(query.liked) & set(query.disliked)
    if both:
        raise QueryError(f"{min(both)} is both liked and disliked.", "Decide for one of the two.")


def _has_filter(query: Query) -> bool:
    """Whether it asks for some files and not for all."""
    sizes = (query.min_size_bytes, query.max_size_bytes)
    ranges = (query.where, query.date_from, query.date_to, *sizes)
    lists = (query.modalities, query.folders, query.extensions)
    return any(one is not None for one in ranges) or any(lists)


def check_normaliser(name: str) -> None:
    """Raise QueryError for a normaliser that there is not."""
    _check_method("normaliser", name, NORMALISERS)


def _check_method(sort: str, name: str, known: tuple[str, ...]) -> None:
    if name not in known:
        raise QueryError(f"There is no {sort} called {name!r}.", _suggestion(name, list(known)))


def _suggestion(word: str, known: list[str]) -> str:
    near = difflib.get_close_matches(word, known, n=1)
    return f"Did you mean {near[0]}?" if near else f"Known: {', '.join(known)}."
