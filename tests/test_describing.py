"""What models hear and see is found: after the indexing, with its time, once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from mmsearch.describing.models import Describers
from mmsearch.encode.models.adding import add_model
from mmsearch.errors import ModelError
from mmsearch.library import Library, open_library
from mmsearch.settings import Settings
from mmsearch.types import F32, U8, Modality, Said, TimeRange
from tests.conftest import FakeEncoder
from tests.files import RED, save_picture
from tests.sounds import noise, write_sound
from tests.tiny_describers import WORDS, save_tiny_blip, save_tiny_whisper
from tests.tiny_models import needs

SETTINGS = Settings(decode_in_process=True)


class Hears:
    """Says what it is told to, of each window that it is given."""

    def __init__(self, *phrases: Said) -> None:
        self.said, self.n_heard, self.error = list(phrases), 0, ""

    def phrases(self, samples: F32) -> list[Said]:
        self.n_heard += 1
        if self.error:
            raise ModelError(self.error)
        return self.said

    def caption(self, picture: U8) -> str:
        self.n_heard += 1
        return "a lonely dinghy"


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    (tmp_path / "media").mkdir()
    return write_sound(tmp_path / "media" / "talk.wav", noise(40, rate_hz=16_000), rate_hz=16_000)


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Hears:
    """In place of an installed one for sounds, films and pictures."""
    hears = Hears(Said("we anchor in the harbour", TimeRange(10, 14)))
    versions = dict.fromkeys((Modality.AUDIO, Modality.VIDEO, Modality.IMAGE), "fake@1")
    monkeypatch.setattr(Describers, "versions", lambda self: versions)
    monkeypatch.setattr(Describers, "listener", lambda self: hears)
    monkeypatch.setattr(Describers, "looker", lambda self: hears)
    return hears


@pytest.fixture
def library(tmp_path: Path, talk: Path, fake_encoder: FakeEncoder) -> Iterator[Library]:
    with open_library(tmp_path / "library", encoder=fake_encoder, settings=SETTINGS) as library:
        library.add(talk.parent)
        yield library


def test_a_hit_says_the_second_and_the_words(library: Library, model: Hears, talk: Path) -> None:
    write_sound(talk.with_name("other.wav"), noise(8, rate_hz=16_000, seed=1), rate_hz=16_000)
    model.said = [Said("nothing much", TimeRange(0, 1))]
    library.index()
    model.said = [Said("we anchor in the harbour", TimeRange(10, 14))]
    (library.path / "described.jsonl").unlink()
    talk.with_name("other.wav").unlink()
    library.index()
    hit = library.search("anchor harbour")[0]
    assert hit.path == talk
    assert isinstance(hit.locator, TimeRange)
    assert hit.locator.start_s <= 12 <= hit.locator.end_s or hit.locator.start_s >= 30
    assert hit.said == Said("we anchor in the harbour", TimeRange(10, 14)) or hit.said == Said(
        "we anchor in the harbour", TimeRange(40, 44)
    )
    assert {(one.word, one.where) for one in hit.words} >= {("harbour", "speech")}
    assert hit.scores["words"] > 0
    assert hit.to_json()["said"]["text"] == "we anchor in the harbour"


def test_nothing_is_heard_twice(library: Library, model: Hears, talk: Path) -> None:
    library.index()
    n_heard = model.n_heard
    assert n_heard == 2  # windows
    library.index()
    talk.rename(talk.with_name("moved.wav"))
    library.index()
    assert model.n_heard == n_heard
    assert library.search("harbour")[0].said is not None


def test_what_was_cut_off_goes_on(library: Library, model: Hears, talk: Path) -> None:
    write_sound(talk.with_name("other.wav"), noise(8, rate_hz=16_000, seed=1), rate_hz=16_000)
    steps = library.indexing()
    for progress in steps:
        if progress.phase == "describing" and progress.n_done == 1:
            break
    steps.close()  # as when the process is killed between two files
    n_heard = model.n_heard
    assert n_heard > 0
    library.index()
    assert model.n_heard == 3
    assert sum(hit.said is not None for hit in library.search("harbour")) == 2


def test_everything_is_found_before_it_is_heard(library: Library, model: Hears) -> None:
    for progress in library.indexing():
        if progress.phase == "describing":
            assert model.n_heard == 0
            assert library.search("noise")
            break


def test_a_model_that_fails_costs_one_row(library: Library, model: Hears, talk: Path) -> None:
    model.error = "The model answers with what are no numbers (NaN or infinity)."
    library.index()
    (row,) = library.errors()
    assert (row.path, row.kind) == (talk, "model failed")
    assert "no numbers" in row.reason
    assert library.search("noise")[0].path == talk
    model.error, n_heard = "", model.n_heard
    library.index()
    assert model.n_heard == n_heard
    library.index(retry_failed=True)
    assert library.errors() == []
    assert library.search("harbour")[0].said is not None


def test_pictures_are_found_by_what_a_model_sees(
    library: Library, model: Hears, talk: Path
) -> None:
    save_picture(talk.with_name("IMG_1.png"), RED)
    library.index()
    hit = library.search("dinghy")[0]
    assert hit.path.name == "IMG_1.png"
    assert hit.said == Said("a lonely dinghy")
    assert ("dinghy", "description") in {(one.word, one.where) for one in hit.words}


def test_a_model_that_is_not_there_is_a_note(
    tmp_path: Path, talk: Path, fake_encoder: FakeEncoder
) -> None:
    settings = Settings(decode_in_process=True, speech_model="whisper-gone")
    with open_library(tmp_path / "library", encoder=fake_encoder, settings=settings) as library:
        library.add(talk.parent)
        report = library.index()
        assert any("whisper-gone" in note for note in report.notes)
        assert library.search("noise")


@needs("torch", "transformers")
def test_real_models_are_added_used_and_found(
    tmp_path: Path, talk: Path, fake_encoder: FakeEncoder
) -> None:
    save_picture(talk.with_name("IMG_1.png"), RED)
    add_model(save_tiny_whisper(tmp_path / "whisper"), model_id="whisper-tiny-one")
    add_model(save_tiny_blip(tmp_path / "blip"), model_id="blip-one")
    settings = Settings(
        decode_in_process=True, speech_model="whisper-tiny-one", caption_model="blip-one"
    )
    with open_library(tmp_path / "library", encoder=fake_encoder, settings=settings) as library:
        library.add(talk.parent)
        library.index()
        assert library.errors() == []
        said = library._descriptions.all()
        assert {one.by.partition("@")[0] for one in said.values()} == {
            "whisper-tiny-one",
            "blip-one",
        }
        heard = next(one for one in said.values() if one.by.startswith("whisper"))
        word = heard.said[0].text.split()[0]
        assert word in WORDS
        hit = library.search(word)[0]
        assert hit.path == talk
        assert hit.said is not None
        assert np.isfinite(hit.match)
