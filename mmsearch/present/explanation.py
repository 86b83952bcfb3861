"""Why a hit was found, in a few lines for people."""

from __future__ import annotations

from collections.abc import Sequence

from mmsearch.present.words import locator_words
from mmsearch.types import FoundWord, Hit, LineRange, Modality

_PLACES = {
    "name": "in the name",
    "folder": "in the folder",
    "title": "in the title",
    "artist": "in the artist",
    "album": "in the album",
    "camera": "in the camera",
    "caption": "in the caption",
    "printed": "in the picture's text",
    "tags": "among the keywords",
    "text": "in the text",
    "speech": "in what is said",
    "description": "in a model's description",
    "concepts": "in what is seen or heard",
}
_IN_LINES = ("cosine", "bank", "normalised", "meaning", "words", "name", "feedback", "logit")
_INSIDE = ("text", "speech", "description", "concepts")
_WIDTH = 9


def explanation(hit: Hit) -> list[str]:
    """How the match came about, what matched, and what is there; one statement a line.

    Contributions are logits: they add up, and the match follows from their sum and from how well
    the query fits everything else.
    """
    lines = [_contribution("meaning", hit.scores["meaning"], _cosines(hit.scores))]
    in_name = [word for word in hit.words if word.where not in _INSIDE]
    inside = [word for word in hit.words if word.where in _INSIDE]
    if "words" in hit.scores or inside:
        lines.append(_contribution("words", hit.scores.get("words", 0.0), _found(inside)))
    if "name" in hit.scores or in_name:
        lines.append(_contribution("name", hit.scores.get("name", 0.0), _found(in_name)))
    if "feedback" in hit.scores:
        said = "what you liked and disliked"
        lines.append(_contribution("feedback", hit.scores["feedback"], said))
    lines.append(_contribution("sum", hit.scores["logit"], f"match {hit.match:.3f}"))
    others = [f"{name} {value:.3f}" for name, value in hit.scores.items() if _is_other(name)]
    if others:
        lines.append(_line("also", ", ".join(others)))
    place = locator_words(hit.locator)
    if place:
        lines.append(_line("lines" if isinstance(hit.locator, LineRange) else "part", place))
    if len(hit.moments) > 1:
        further = (f"{locator_words(one.range)} ({one.match:.2f})" for one in hit.moments[1:])
        lines.append(_line("further", ", ".join(further)))
    if hit.passages:
        lines.append(_line("further", ", ".join(map(locator_words, hit.passages))))
    if hit.said is not None:
        place = f"{locator_words(hit.said.range)}  " if hit.said.range else ""
        lines.append(_line("model", f'{place}"{hit.said.text}"'))
    if hit.concepts:
        heard = hit.modality is Modality.AUDIO
        lines.append(_line("heard" if heard else "seen", ", ".join(hit.concepts)))
    return lines


def _cosines(scores: dict[str, float]) -> str:
    told = [f"cosine {scores['cosine']:.3f}"]
    if scores.get("normalised", scores["cosine"]) != scores["cosine"]:
        told.append(f"normalised {scores['normalised']:.3f}")
    told += [f"{name} {value:.3f}" for name, value in scores.items() if name.startswith("cosine ")]
    return ", ".join(told)


def _is_other(name: str) -> bool:
    return name not in _IN_LINES and not name.startswith("cosine ")


def _found(words: Sequence[FoundWord]) -> str:
    """ "dog", "cat" in the name, "beach" in the folder."""
    places = dict.fromkeys(word.where for word in words)
    told = [
        ", ".join(f'"{word.word}"' for word in words if word.where == place)
        + f" {_PLACES.get(place, f'in the {place}')}"
        for place in places
    ]
    return ", ".join(told) or "none of the query's"


def _contribution(name: str, logit: float, why: str) -> str:
    return _line(name, f"{logit:+6.2f}  {why}")


def _line(name: str, text: str) -> str:
    return f"{name:<{_WIDTH}}{text}"
