"""Why a result was found, in sentences; the numbers stand elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from mmsearch.present.words import MatchWord, clock, match_word
from mmsearch.types import FoundWord, Hit, Modality

_LEAST_SEEN = 0.01
"""A cosine that the bank moves by less has not been moved for the eye."""
_LEAST_EVIDENCE = 0.05


def _tr(text: str) -> str:
    return QCoreApplication.translate("why", text)


def contributions(hit: Hit) -> list[tuple[str, float]]:
    """What the match consists of: names and logits, which add up; what is not there is left out."""
    names = {
        "meaning": _tr("Content"),
        "words": _tr("Words in it"),
        "name": _tr("Name and details"),
        "feedback": _tr("Your verdicts"),
    }
    found = ((names[name], hit.scores.get(name, 0.0)) for name in names)
    return [(name, value) for name, value in found if abs(value) >= _LEAST_EVIDENCE]


def why_sentences(hit: Hit) -> list[str]:
    """What a person wants to know, the most important first."""
    told = [
        _leading(hit),
        _found(hit),
        _said(hit),
        _concepts(hit),
        _bank(hit),
        _verdicts(hit),
        _reranked(hit),
    ]
    return [sentence for sentence in told if sentence]


def _leading(hit: Hit) -> str:
    names = ("meaning", "words", "name", "feedback")
    best = max(names, key=lambda name: hit.scores.get(name, 0.0))
    if "meaning" not in hit.scores:
        return ""
    others = {
        "words": _tr("Words in it are what you asked for."),
        "name": _tr("Its name, folder or details are what you asked for."),
        "feedback": _tr("It is like what you said was right."),
    }
    if best in others and hit.scores.get(best, 0.0) >= _LEAST_EVIDENCE:
        return others[best]
    return _content(hit)


def _content(hit: Hit) -> str:
    """How well the content fits, as the word beside the match bar says it."""
    word = match_word(hit.match)
    if word is MatchWord.WEAK:
        return _tr("Nothing in it fits closely; it is among the nearest there are.")
    if word is MatchWord.FAIR:
        return _tr("It fits what you asked for to some degree.")
    contents = {
        Modality.IMAGE: _tr("What it shows fits what you asked for."),
        Modality.VIDEO: _tr("What this part shows fits what you asked for."),
        Modality.AUDIO: _tr("What is heard here fits what you asked for."),
        Modality.CODE: _tr("What these lines are about fits what you asked for."),
    }
    return contents[hit.modality]


def _found(hit: Hit) -> str:
    """Which words of the query stand where."""
    inside = [one for one in hit.words if one.where != "concepts"]
    places = dict.fromkeys(one.where for one in inside)
    parts = [f"{_quoted(inside, place)} {_place(place)}" for place in places]
    return _tr("Found: {0}.").format(", ".join(parts)) if parts else ""


def _said(hit: Hit) -> str:
    """What a model has heard or seen, and when; marked as such, for it may be wrong."""
    if hit.said is None:
        return ""
    if hit.said.range is None:
        return _tr("A model describes it: “{0}”.").format(hit.said.text)
    at = clock(hit.said.range.start_s)
    return _tr("A model hears at {0}: “{1}”.").format(at, hit.said.text)


def _quoted(words: list[FoundWord], where: str) -> str:
    return ", ".join(_tr("“{0}”").format(one.word) for one in words if one.where == where)


def _place(where: str) -> str:
    places = {
        "name": _tr("in the name"),
        "folder": _tr("in the folder"),
        "title": _tr("in the title"),
        "artist": _tr("in the artist"),
        "album": _tr("in the album"),
        "camera": _tr("in the camera"),
        "caption": _tr("in the caption"),
        "printed": _tr("in the picture’s text"),
        "tags": _tr("among the keywords"),
        "text": _tr("in the text"),
        "speech": _tr("in what is said"),
        "description": _tr("in a model’s description"),
    }
    return places.get(where, _tr("in {0}").format(where))


def _concepts(hit: Hit) -> str:
    if not hit.concepts:
        return ""
    heard = hit.modality is Modality.AUDIO
    start = _tr("It sounds like: {0}.") if heard else _tr("It looks like: {0}.")
    return start.format(", ".join(hit.concepts))


def _bank(hit: Hit) -> str:
    """What is subtracted so that files which fit everything do not fill every page."""
    bank = hit.scores.get("bank", 0.0)
    if bank >= _LEAST_SEEN:
        return _tr("Moved down a little: it comes close to many other queries, too.")
    if bank <= -_LEAST_SEEN:
        return _tr("Moved up a little: it comes close to few other queries.")
    return ""


def _verdicts(hit: Hit) -> str:
    feedback = hit.scores.get("feedback", 0.0)
    if feedback >= _LEAST_EVIDENCE:
        return _tr("Moved up by what you said about other results.")
    if feedback <= -_LEAST_EVIDENCE:
        return _tr("Moved down by what you said about other results.")
    return ""


def _reranked(hit: Hit) -> str:
    return _tr("Placed by how well it fits its neighbours.") if "rerank" in hit.scores else ""
