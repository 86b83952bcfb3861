"""Why a result was found, for people."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from mmsearch.gui.theme import Theme
from mmsearch.gui.why_panel import WhyPanel
from mmsearch.gui.why_words import contributions, why_sentences
from mmsearch.present.words import MatchWord, match_word
from mmsearch.types import FoundWord, Hit, Modality
from tests.gui.fake_library import made_hit

SCORES = {"cosine": 0.31, "bank": 0.0, "normalised": 0.31, "meaning": 2.0, "logit": 2.0}


def hit_with(
    modality: Modality = Modality.IMAGE,
    *,
    found: tuple[FoundWord, ...] = (),
    concepts: tuple[str, ...] = (),
    **scores: float,
) -> Hit:
    hit = made_hit(modality=modality)
    return replace(hit, scores={**SCORES, **scores}, words=found, concepts=concepts)


def test_the_content_of_each_kind_has_its_words() -> None:
    firsts = {why_sentences(hit_with(kind))[0] for kind in Modality}
    assert len(firsts) == 4
    assert why_sentences(hit_with()) == ["What it shows fits what you asked for."]


def test_words_concepts_and_the_bank_are_said() -> None:
    words = (FoundWord("sea", "name"), FoundWord("dog", "name"), FoundWord("sand", "tags"))
    told = why_sentences(hit_with(found=words, concepts=("beach", "dusk"), bank=0.05, name=4.0))
    assert told == [
        "Its name, folder or details are what you asked for.",
        "Found: “sea”, “dog” in the name, “sand” among the keywords.",
        "It looks like: beach, dusk.",
        "Moved down a little: it comes close to many other queries, too.",
    ]


@pytest.mark.parametrize(
    ("scores", "sentence"),
    [
        ({"bank": -0.05}, "Moved up a little: it comes close to few other queries."),
        ({"feedback": 1.0}, "Moved up by what you said about other results."),
        ({"feedback": -1.0}, "Moved down by what you said about other results."),
        ({"rerank": 0.5}, "Placed by how well it fits its neighbours."),
        ({"words": 5.0}, "Words in it are what you asked for."),
    ],
)
def test_each_reason_has_its_sentence(scores: dict[str, float], sentence: str) -> None:
    assert sentence in why_sentences(hit_with(**scores))
    assert sentence not in why_sentences(hit_with())


@pytest.mark.parametrize("meaning", [-3.0, 2.0])
@pytest.mark.parametrize("kind", Modality)
def test_the_sentence_agrees_with_the_word_beside_the_bar(meaning: float, kind: Modality) -> None:
    closeness = {0.0: "Nothing in it fits closely", 0.1: "to some degree", 0.3: "fits what you"}
    for match, words in closeness.items():
        told = why_sentences(replace(hit_with(kind, meaning=meaning), match=match))
        assert words in told[0]
        assert ("closely" in told[0]) is (match_word(match) is MatchWord.WEAK)
        assert ("degree" in told[0]) is (match_word(match) is MatchWord.FAIR)


def test_words_lead_however_weak_the_match_is() -> None:
    told = why_sentences(replace(hit_with(words=5.0), match=0.05))
    assert told == ["Words in it are what you asked for."]


def test_a_hit_without_a_trace_says_nothing_wrong() -> None:
    assert why_sentences(replace(made_hit(), scores={})) == []
    assert contributions(replace(made_hit(), scores={})) == []


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme) -> WhyPanel:
    made = WhyPanel(theme)
    qtbot.addWidget(made)
    made.resize(300, 400)
    made.show()
    return made


def test_numbers_are_folded_away_and_stay_unfolded(panel: WhyPanel) -> None:
    panel.show_hit(hit_with(name=1.0))
    assert panel.words() == "What it shows fits what you asked for."
    assert not any(letter.isdigit() for letter in panel.words())
    assert not panel.numbers.isVisible()
    panel.fold.click()
    assert panel.numbers.isVisible()
    assert panel.numbers.values()["Cosine"] == "0.310"
    panel.show_hit(hit_with(Modality.AUDIO))
    assert panel.numbers.isVisible()
    assert panel.fold.accessibleName() == "Hide numbers"
    panel.fold.click()
    assert not panel.numbers.isVisible()


def test_bars_compare_only_where_there_is_something_to_compare(panel: WhyPanel) -> None:
    panel.show_hit(hit_with())
    assert panel.bars.isHidden()
    panel.show_hit(hit_with(name=4.0, feedback=-1.0))
    assert not panel.bars.isHidden()
    spoken = [bar.accessibleName() for bar in panel.bars.children() if hasattr(bar, "_share")]
    assert "Your verdicts: against it" in spoken
    assert not panel.grab().isNull()
