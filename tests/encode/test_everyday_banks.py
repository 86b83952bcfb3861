"""Query banks of everyday sentences for models that came without any."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from mmsearch.encode import everyday_banks
from mmsearch.encode.everyday import everyday_sentences, sentences_by_kind
from mmsearch.encode.everyday_banks import are_wanted, known_banks, make_banks
from mmsearch.library import open_library
from mmsearch.normalising.library_terms import LibraryTerms
from mmsearch.settings import Settings, cache_path
from mmsearch.types import Modality
from tests.conftest import FakeEncoder
from tests.files import BLUE, RED, save_picture
from tests.tiny_models import install


def test_the_sentences() -> None:
    by_kind = sentences_by_kind()
    assert set(by_kind) == {Modality.IMAGE, Modality.AUDIO, Modality.CODE}
    assert len(by_kind[Modality.IMAGE]) > 250
    assert len(by_kind[Modality.AUDIO]) >= 64, "fewer are no bank"
    everything = everyday_sentences()
    assert len(set(everything)) == len(everything)
    assert all(len(line) == len(line.strip()) and 3 < len(line) < 80 for line in everything)


def test_they_are_made_once_and_kept() -> None:
    encoder = FakeEncoder()
    assert not known_banks(encoder.spec).queries
    assert make_banks(encoder.spec, encoder.encode_texts)
    found = known_banks(encoder.spec)
    assert (found.are_everyday, found.are_measured) == (True, False)
    assert set(found.queries) == {("text", Modality.IMAGE), ("text", Modality.AUDIO)}
    bank = found.queries["text", Modality.IMAGE]
    assert len(bank) == len(sentences_by_kind()[Modality.IMAGE])
    np.testing.assert_allclose(np.linalg.norm(bank, axis=1), 1, atol=1e-5)


def test_damaged_ones_are_none_and_a_full_disk_is_no_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    encoder = FakeEncoder()
    make_banks(encoder.spec, encoder.encode_texts)
    (path,) = (cache_path() / "banks").iterdir()
    path.write_bytes(b"no")
    assert not known_banks(encoder.spec).queries

    def full(path: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(everyday_banks, "write_atomically", full)
    assert not make_banks(encoder.spec, encoder.encode_texts)


def test_only_models_of_the_users_choice_get_them() -> None:
    assert not are_wanted(FakeEncoder.spec)
    install("fake", Modality.IMAGE)
    assert are_wanted(FakeEncoder.spec)


def test_a_library_makes_them_when_it_was_indexed(tmp_path: Path) -> None:
    install("fake", Modality.IMAGE)
    save_picture(tmp_path / "files" / "red.png", RED)
    save_picture(tmp_path / "files" / "blue.png", BLUE)
    settings = Settings(decode_in_process=True)
    encoder = FakeEncoder()
    with open_library(tmp_path / "library", encoder=encoder, settings=settings) as library:
        library.add(tmp_path / "files")
        library.index()
        assert library.search("red")[0].path.name == "red.png"
    terms = LibraryTerms(tmp_path / "library", encoder.spec, keep_searches=False)
    assert terms.shipped.are_everyday
    chosen = terms.choices.by_pair["text", Modality.IMAGE]
    assert str(chosen.setting) == "nnn ×0.5"
    assert terms.choices.by_pair["text", Modality.CODE].setting.is_raw
