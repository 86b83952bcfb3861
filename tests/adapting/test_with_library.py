"""A library learns what its owner calls things, or finds that the names say nothing."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from mmsearch.adapting import adaptation
from mmsearch.adapting.adaptation import Adaptation
from mmsearch.adapting.pairs import pairs_of
from mmsearch.library import Library, open_library
from mmsearch.normalise.terms import NO_TERMS
from mmsearch.normalising.liked import liked_answers
from mmsearch.settings import Settings
from mmsearch.types import Hit, Modality
from tests.adapting.conftest import NAMES, save_things
from tests.conftest import FakeEncoder

SETTINGS = Settings(decode_in_process=True)


@pytest.fixture
def library(tmp_path: Path, named_folder: Path, fake_encoder: FakeEncoder) -> Iterator[Library]:
    with open_library(tmp_path / "library", encoder=fake_encoder, settings=SETTINGS) as library:
        library.add(named_folder)
        library.index()
        yield library


def file_of(library: Library) -> Path:
    (path,) = (library.path / "adapt").iterdir()
    return path


def by_meaning(library: Library, text: str) -> list[Hit]:
    """All files without a name that says it, best first, by vectors alone."""
    hits = library.search(text, by_words=False, normalise="none", grouping=False, limit=500)
    return [hit for hit in hits if hit.path.stem.startswith("IMG_")]


def learned(library: Library) -> Adaptation:
    found = library.adapt()
    assert found is not None
    return found


def n_first(library: Library) -> int:
    """How many names find first a file that is of what they name, and is called otherwise."""
    firsts = [by_meaning(library, name)[0].path.stem for name in NAMES]
    return sum(first.split("_")[1] == str(place) for place, first in enumerate(firsts))


def test_names_find_files_that_are_called_otherwise(library: Library) -> None:
    before = n_first(library)
    found = learned(library)

    assert set(found.adapters) == {Modality.CODE}
    assert found.verdicts[Modality.CODE].n_text == len(NAMES)
    assert n_first(library) >= before + len(NAMES) // 2
    hit = by_meaning(library, NAMES[0])[0]
    assert hit.scores["cosine unadapted"] < hit.scores["cosine"]


def test_it_can_be_switched_off_and_thrown_away(library: Library) -> None:
    before = [hit.path for hit in by_meaning(library, NAMES[0])]
    library.adapt()
    after = [hit.path for hit in by_meaning(library, NAMES[0])]
    assert after != before

    off = library.use_adaptation(False)
    assert off is not None
    assert not off.is_on
    assert [hit.path for hit in by_meaning(library, NAMES[0])] == before
    library.use_adaptation(True)
    assert [hit.path for hit in by_meaning(library, NAMES[0])] == after

    assert library.forget_adaptation()
    assert not library.forget_adaptation()
    assert library.adaptation() is None
    assert library.use_adaptation(True) is None
    assert [hit.path for hit in by_meaning(library, NAMES[0])] == before


def test_what_another_process_learned_is_used(library: Library, fake_encoder: FakeEncoder) -> None:
    before = [hit.path for hit in by_meaning(library, NAMES[0])]
    with open_library(library.path, encoder=fake_encoder, settings=SETTINGS) as other:
        other.adapt()
    assert [hit.path for hit in by_meaning(library, NAMES[0])] != before


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 half a file", b"\x93NUMPY nonsense"])
def test_a_damaged_file_is_as_if_not_there(
    library: Library, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    before = [hit.path for hit in by_meaning(library, NAMES[0])]
    library.adapt()
    file_of(library).write_bytes(content)
    with caplog.at_level(logging.WARNING):
        assert library.adaptation() is None
    assert "is not used" in caplog.text
    assert [hit.path for hit in by_meaning(library, NAMES[0])] == before


def test_numbers_that_are_none_are_not_used(
    library: Library, fake_encoder: FakeEncoder, caplog: pytest.LogCaptureFixture
) -> None:
    found = learned(library)
    matrix = found.adapters[Modality.CODE].matrix
    assert matrix is not None
    matrix[0, 0] = np.nan
    adaptation.save(file_of(library), fake_encoder.spec.space, found)
    assert library.adaptation() is None
    assert "wrong numbers" in caplog.text


def test_names_that_say_nothing_are_refused_and_the_reason_is_kept(
    tmp_path: Path, fake_encoder: FakeEncoder
) -> None:
    save_things(tmp_path / "things", are_telling=False)
    with open_library(tmp_path / "library", encoder=fake_encoder, settings=SETTINGS) as library:
        library.add(tmp_path / "things")
        library.index()
        assert not learned(library).adapters
        kept = library.adaptation()
        assert kept is not None
        assert kept.verdicts[Modality.CODE].reason.startswith("no better on held-out files")
        assert "cosine unadapted" not in by_meaning(library, NAMES[0])[0].scores


def test_what_was_liked_counts_as_a_name(library: Library, named_folder: Path) -> None:
    before = learned(library).verdicts[Modality.CODE]
    library.search("an odd sentence", liked=[named_folder / "IMG_0_0.txt"])
    after = learned(library).verdicts[Modality.CODE]
    assert (after.n_file, after.n_text) == (before.n_file + 1, before.n_text + 1)


def test_progress_is_told_and_it_can_be_stopped(library: Library) -> None:
    seen: list[tuple[Modality, float]] = []
    library.adapt(on_progress=lambda kind, done: seen.append((kind, done)))
    assert seen[0] == (Modality.CODE, 0.0)
    library.forget_adaptation()
    assert library.adapt(stop=lambda: True) is None
    assert library.adaptation() is None


def test_what_was_disliked_is_told(library: Library, named_folder: Path) -> None:
    files = [named_folder / f"IMG_{number}_0.txt" for number in (0, 1)]
    library.search("an odd sentence", liked=files[:1], disliked=files[1:])
    ready = library._answers.ready()
    judged = liked_answers(library._told.verdicts(), ready.encoder.spec)
    others = np.zeros((0, ready.encoder.spec.dim), np.float32)
    found = pairs_of(
        ready.gallery, Modality.CODE, ready.encoder.encode_texts, judged, NO_TERMS, others
    )
    ((text, item),) = found.pairs.disliked.tolist()
    assert found.texts[text] == "an odd sentence"
    assert ready.gallery.relative_paths[found.rows[item]] == files[1].name
