"""Models that say something, from folders as the hub has them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from mmsearch.encode.describers.captions import open_captioner
from mmsearch.encode.describers.whisper import WINDOW_S, Whisper, open_whisper
from mmsearch.encode.models.adding import add_model
from mmsearch.encode.models.folder import installed_models
from mmsearch.errors import ModelError
from mmsearch.types import AUDIO_RATE_HZ, F32
from tests.tiny_describers import WORDS, save_tiny_blip, save_tiny_coca, save_tiny_whisper, spoil
from tests.tiny_models import TEXTS, needs

pytestmark = needs("torch", "transformers")


def hiss(length_s: float) -> F32:
    samples = np.random.default_rng(0).standard_normal(round(length_s * AUDIO_RATE_HZ))
    return np.asarray(0.1 * samples, np.float32)


@pytest.fixture(scope="module")
def whisper(tmp_path_factory: pytest.TempPathFactory) -> Whisper:
    return open_whisper(save_tiny_whisper(tmp_path_factory.mktemp("models") / "whisper"))


@pytest.mark.parametrize("length_s", [1.0, 12.5, WINDOW_S])
def test_phrases_have_words_and_times_within_the_sound(whisper: Whisper, length_s: float) -> None:
    phrases = whisper.phrases(hiss(length_s))
    assert phrases
    for said in phrases:
        assert set(said.text.split()) <= set(WORDS)
        assert said.range is not None
        assert 0 <= said.range.start_s < said.range.end_s <= length_s


def test_a_phrase_that_goes_round_in_circles_is_none(
    whisper: Whisper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whisper._tokens, "decode", lambda ids, **options: "pepper " * 40)
    assert whisper.phrases(hiss(3.0)) == []


@needs("torch", "transformers", "open_clip")
@pytest.mark.parametrize("save", [save_tiny_blip, save_tiny_coca])
def test_a_caption_is_one_line(tmp_path: Path, save: Callable[[Path], Path]) -> None:
    looker = open_captioner(save(tmp_path / "model"))
    pixels = np.random.default_rng(1).integers(0, 256, (40, 60, 3), np.uint8)
    caption = looker.caption(pixels)
    assert caption
    assert caption == " ".join(caption.split())
    assert caption == looker.caption(pixels)
    if save is save_tiny_blip:
        assert set(caption.split()) <= {word for text in TEXTS for word in text.split()}


@pytest.mark.parametrize("save", [save_tiny_whisper, save_tiny_blip])
def test_numbers_that_are_none_are_refused(tmp_path: Path, save: Callable[[Path], Path]) -> None:
    spoil(save(tmp_path / "model"))
    with pytest.raises(ModelError, match="no numbers"):
        add_model(tmp_path / "model", model_id="spoilt")
    assert not installed_models()


@pytest.mark.parametrize("name", ["preprocessor_config.json", "tokenizer.json"])
def test_what_is_missing_is_named_and_nothing_is_installed(tmp_path: Path, name: str) -> None:
    folder = save_tiny_whisper(tmp_path / "model")
    (folder / name).unlink()
    with pytest.raises(ModelError, match=r"missing|damaged"):
        add_model(folder, model_id="part-of-one")
    assert not installed_models()


def test_bands_of_sound_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    folder = save_tiny_whisper(tmp_path / "model")
    path = folder / "preprocessor_config.json"
    path.write_text(path.read_text().replace('"feature_size": 80', '"feature_size": 128'))
    with pytest.raises(ModelError, match="128 bands"):
        open_whisper(folder)


@needs("torch", "transformers", "open_clip")
def test_a_clip_without_words_is_no_captioner(tmp_path: Path) -> None:
    from tests.tiny_models import save_tiny_clip

    with pytest.raises(ModelError, match="writes no captions"):
        open_captioner(save_tiny_clip(tmp_path / "clip"))
