from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from mmsearch.present.explanation import explanation
from mmsearch.types import FoundWord, Hit, LineRange, Modality, Moment, TimeRange

HIT = Hit(
    rank=1,
    path=Path("/things/a.jpg"),
    modality=Modality.IMAGE,
    match=0.9,
    locator=None,
    scores={"cosine": 0.41, "normalised": 0.41, "meaning": 1.5, "logit": 1.5},
    asset_id="a",
    content_id="c",
    size_bytes=1,
    modified_at_s=0.0,
)


def test_meaning_alone_is_two_lines() -> None:
    assert explanation(HIT) == ["meaning   +1.50  cosine 0.410", "sum       +1.50  match 0.900"]


def test_every_score_and_every_word_is_told() -> None:
    hit = replace(
        HIT,
        modality=Modality.CODE,
        locator=LineRange(3, 9),
        scores={
            "cosine": 0.41,
            "bank": 0.03,
            "normalised": 0.38,
            "cosine text": 0.5,
            "cosine like:1": 0.32,
            "meaning": 1.5,
            "words": -0.25,
            "name": 2.0,
            "lexical": 7.5,
            "rerank": 0.1,
            "logit": 3.25,
        },
        words=(
            FoundWord("dog", "name"),
            FoundWord("dog", "concepts"),
            FoundWord("sea", "name"),
            FoundWord("sea", "caption"),
            FoundWord("run", "text"),
        ),
        concepts=("dog", "sand"),
    )

    assert explanation(hit) == [
        "meaning   +1.50  cosine 0.410, normalised 0.380, cosine text 0.500, cosine like:1 0.320",
        'words     -0.25  "dog" in what is seen or heard, "run" in the text',
        'name      +2.00  "dog", "sea" in the name, "sea" in the caption',
        "sum       +3.25  match 0.900",
        "also     lexical 7.500, rerank 0.100",
        "lines    3 – 9",
        "seen     dog, sand",
    ]


def test_words_that_lower_the_match_are_told_too() -> None:
    hit = replace(HIT, scores={**HIT.scores, "words": -1.4})
    assert "words     -1.40  none of the query's" in explanation(hit)


def test_a_sound_is_heard() -> None:
    hit = replace(HIT, modality=Modality.AUDIO, concepts=("rain",))
    assert explanation(hit)[-1] == "heard    rain"


def test_feedback_and_further_moments_are_told() -> None:
    ranges = [TimeRange(42.0, 51.0), TimeRange(5.0, 7.0), TimeRange(90.0, 95.5)]
    hit = replace(
        HIT,
        modality=Modality.VIDEO,
        locator=ranges[0],
        scores={"cosine": 0.41, "normalised": 0.41, "meaning": 1.5, "feedback": 0.5, "logit": 2.0},
        moments=tuple(Moment(span, 0.9 - 0.3 * n, span) for n, span in enumerate(ranges)),
    )

    assert explanation(hit)[1:] == [
        "feedback  +0.50  what you liked and disliked",
        "sum       +2.00  match 0.900",
        "part     0:42 – 0:51",
        "further  0:05 – 0:07 (0.60), 1:30 – 1:35 (0.30)",
    ]
