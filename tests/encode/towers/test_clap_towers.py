"""CLAP: a tiny random one of the real architecture, against transformers' own way."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from mmsearch.encode.models.adding import add_model
from mmsearch.encode.models.folder import installed_models
from mmsearch.encode.towers.clap_towers import open_towers, raise_rate
from mmsearch.encode.towers.encoder import TowersEncoder
from mmsearch.encode.towers.torch_setup import import_library
from mmsearch.errors import ModelError
from mmsearch.types import AUDIO_RATE_HZ, F32, Modality, Samples
from tests.tiny_models import TEXTS, needs, save_tiny_clap

pytestmark = needs("torch", "transformers")


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_tiny_clap(tmp_path_factory.mktemp("models") / "Tiny CLAP")


def tone(hz: float, duration_s: float = 1.0) -> F32:
    times_s = np.arange(int(duration_s * AUDIO_RATE_HZ)) / AUDIO_RATE_HZ
    return (0.3 * np.sin(2 * np.pi * hz * times_s)).astype(np.float32)


def test_texts_and_sounds_as_transformers_has_them(saved: Path) -> None:
    torch, transformers = import_library("torch"), import_library("transformers")
    towers = open_towers(saved, {"query_prefix": "the "})
    assert (towers.dim, towers.modalities) == (20, (Modality.AUDIO,))
    model = transformers.ClapModel.from_pretrained(saved).eval()
    tokens = transformers.AutoTokenizer.from_pretrained(saved)(["the dog"], return_tensors="pt")
    features = transformers.ClapFeatureExtractor.from_pretrained(saved)
    sound = features([raise_rate(tone(440), 48_000)], sampling_rate=48_000, return_tensors="pt")
    with torch.inference_mode():
        given = {name: tokens[name] for name in ("input_ids", "attention_mask")}
        of_text = model.get_text_features(**given)
        of_sound = model.get_audio_features(**sound)
    of_text, of_sound = (getattr(one, "pooler_output", one).numpy() for one in (of_text, of_sound))
    np.testing.assert_allclose(towers.texts(["dog"]), of_text, atol=1e-5)
    found = towers.contents(Modality.AUDIO, [Samples(tone(440))])
    np.testing.assert_allclose(found, of_sound, atol=1e-4)


def test_several_sounds_of_different_lengths(saved: Path) -> None:
    towers = open_towers(saved, {})
    sounds = [Samples(tone(hz, length_s)) for hz, length_s in ((200, 0.5), (900, 5), (50, 0.1))]
    vectors = towers.contents(Modality.AUDIO, sounds)
    assert vectors.shape == (3, 20)
    assert np.isfinite(vectors).all()


def test_a_raised_tone_keeps_its_pitch() -> None:
    raised = raise_rate(tone(440), 48_000)
    assert len(raised) == 48_000
    spectrum = np.abs(np.fft.rfft(raised))
    assert int(spectrum.argmax()) == 440
    assert raise_rate(tone(440), AUDIO_RATE_HZ) is not None
    assert len(raise_rate(np.zeros(0, np.float32), 48_000)) == 0


def test_it_is_added_and_encodes(saved: Path) -> None:
    record = add_model(saved)
    assert (record.family, record.modalities) == ("clap", (Modality.AUDIO,))
    vectors = TowersEncoder(record).encode_texts(TEXTS)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


def test_without_the_description_of_its_sounds(saved: Path, tmp_path: Path) -> None:
    import shutil

    folder = Path(shutil.copytree(saved, tmp_path / "clap"))
    for path in folder.glob("p*processor_config.json"):
        path.unlink()
    with pytest.raises(ModelError, match=r"preprocessor_config\.json.*cannot be read"):
        add_model(folder)
    assert installed_models() == {}
