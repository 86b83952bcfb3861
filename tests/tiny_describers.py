"""Tiny models with random weights that say something, written to disk as their counterparts are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mmsearch.encode.towers.torch_setup import import_library, quiet
from tests.tiny_models import TINY_CLIP, save_tiny_clip, save_tokens

WORDS = ("harbour", "lantern", "meadow", "pepper", "quarry", "ribbon", "saddle", "thimble")
_N_TIMES = 1501
"""Marks of time, every 0.02 s of 30 s."""


def save_tiny_whisper(folder: Path, *, n_word: int = 8, seed: int = 0) -> Path:
    """As openai/whisper-tiny: it hears windows of 30 s, and knows a few words only."""
    torch, transformers = import_library("torch"), import_library("transformers")
    folder.mkdir(parents=True, exist_ok=True)
    places = _save_whisper_tokens(folder)
    config = transformers.WhisperConfig(
        vocab_size=len(places), d_model=16, encoder_layers=1, decoder_layers=1,
        encoder_attention_heads=2, decoder_attention_heads=2, encoder_ffn_dim=32,
        decoder_ffn_dim=32, max_target_positions=n_word + 8, max_source_positions=1500,
        num_mel_bins=80, pad_token_id=places["<|endoftext|>"], bos_token_id=places["<|endoftext|>"],
        eos_token_id=places["<|endoftext|>"], suppress_tokens=None, begin_suppress_tokens=None,
        decoder_start_token_id=places["<|startoftranscript|>"],
    )  # fmt: skip
    torch.manual_seed(seed)
    with quiet():
        model = transformers.WhisperForConditionalGeneration(config)
        _prefer_words(model, places)
        made = model.generation_config
        made.no_timestamps_token_id = places["<|notimestamps|>"]
        made.lang_to_id = {"<|en|>": places["<|en|>"]}
        made.task_to_id = {"transcribe": places["<|transcribe|>"]}
        made.is_multilingual, made._from_model_config = True, False
        made.decoder_start_token_id = places["<|startoftranscript|>"]
        model.save_pretrained(folder)
        transformers.WhisperFeatureExtractor(feature_size=80).save_pretrained(folder)
    return folder


def _save_whisper_tokens(folder: Path) -> dict[str, int]:
    """Whisper's own sort of tokens, of a few words; returns their places."""
    transformers = import_library("transformers")
    special = ["<|endoftext|>", "<|startoftranscript|>", "<|en|>", "<|translate|>"]
    special += ["<|transcribe|>", "<|startoflm|>", "<|startofprev|>", "<|nospeech|>"]
    special += ["<|notimestamps|>"]
    times = [f"<|{place * 0.02:.2f}|>" for place in range(_N_TIMES)]
    words = [f"Ġ{word}" for word in WORDS]
    places = {name: place for place, name in enumerate([*words, *special, *times])}
    tokens = transformers.WhisperTokenizer(vocab={**places}, merges=[])
    tokens.add_special_tokens({"additional_special_tokens": special[1:]})
    tokens.save_pretrained(folder)
    return places


def _prefer_words(model: Any, places: dict[str, int]) -> None:
    """Random weights would mostly name moments: there are so many more of them."""
    torch = import_library("torch")
    with torch.no_grad():
        weight = model.model.decoder.embed_tokens.weight
        weight[: len(WORDS)] *= 20
        weight[places["<|endoftext|>"]] *= 0


def save_tiny_blip(folder: Path) -> Path:
    """As Salesforce/blip-image-captioning-base."""
    torch, transformers = import_library("torch"), import_library("transformers")
    text = {"vocab_size": save_tokens(folder), "hidden_size": 32, "num_hidden_layers": 1}
    text |= {"num_attention_heads": 2, "intermediate_size": 64, "encoder_hidden_size": 32}
    text |= {"bos_token_id": 0, "eos_token_id": 1, "sep_token_id": 1, "pad_token_id": 2}
    text |= {"max_position_embeddings": 64, "projection_dim": 16}
    vision = {"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2}
    vision |= {"intermediate_size": 64, "image_size": 32, "patch_size": 16, "projection_dim": 16}
    config = transformers.BlipConfig(text_config=text, vision_config=vision, projection_dim=16)
    torch.manual_seed(0)
    with quiet():
        transformers.BlipForConditionalGeneration(config).save_pretrained(folder)
        transformers.BlipImageProcessor(size={"height": 32, "width": 32}).save_pretrained(folder)
    return folder


_COCA: dict[str, Any] = {
    **TINY_CLIP,
    "embed_dim": 16,
    "custom_text": True,
    "vision_cfg": {
        **TINY_CLIP["vision_cfg"],
        "attentional_pool": True,
        "attn_pooler_heads": 2,
        "output_tokens": True,
    },
    "text_cfg": {**TINY_CLIP["text_cfg"], "embed_cls": True, "output_tokens": True},
    "multimodal_cfg": {
        **{"context_length": 16, "vocab_size": 49408, "width": 16, "heads": 2, "layers": 1},
        **{"dim_head": 8, "n_queries": 4, "attn_pooler_heads": 2},
    },
}


def save_tiny_coca(folder: Path) -> Path:
    """As CoCa of open_clip, with CLIP's own tokens."""
    torch = import_library("torch")
    from safetensors.torch import load_file, save_file

    path = save_tiny_clip(folder, _COCA) / "open_clip_model.safetensors"
    state = load_file(path)
    # open_clip leaves it as it finds the memory, for weights are to come.
    projection = state["text_decoder.text_projection"]
    state["text_decoder.text_projection"] = torch.randn(projection.shape)
    save_file(state, path)
    return folder


def spoil(folder: Path) -> None:
    """Let the weights of a model be no numbers."""
    torch = import_library("torch")
    from safetensors.torch import load_file, save_file

    path = folder / "model.safetensors"
    state = {name: torch.full_like(one, float("nan")) for name, one in load_file(path).items()}
    save_file(state, path, metadata={"format": "pt"})
