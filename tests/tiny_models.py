"""Tiny models with random weights, written to disk as their real, large counterparts are."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from mmsearch.encode.models.folder import folder_of
from mmsearch.encode.models.record import ModelFile, ModelRecord, save_record
from mmsearch.encode.towers.torch_setup import import_library, quiet
from mmsearch.types import Modality


def needs(*libraries: str) -> pytest.MarkDecorator:
    """Skip, with a reason, where what models of one's choice need is not installed."""
    missing = [name for name in libraries if importlib.util.find_spec(name) is None]
    reason = f"needs {', '.join(missing)}: pip install 'mmsearch[models]'"
    return pytest.mark.skipif(bool(missing), reason=reason)


def install(model_id: str, *kinds: Modality, family: str = "text") -> ModelRecord:
    """Put a model into the folder of models that nothing can open."""
    folder = folder_of(model_id)
    folder.mkdir(parents=True)
    (folder / "weights").write_bytes(b"weights")
    file = ModelFile("weights", hashlib.sha256(b"weights").hexdigest(), 7)
    record = ModelRecord(
        model_id, model_id.title(), family, kinds, 8, 0, (file,), per_s={"code": 3.5},
        options={"query_prefix": "query: ", "least_dim": 4},
    )  # fmt: skip
    save_record(folder, record)
    return record


TINY_CLIP: dict[str, Any] = {
    "embed_dim": 24,
    "vision_cfg": {"image_size": 32, "layers": 2, "width": 32, "head_width": 16, "patch_size": 16},
    "text_cfg": {
        "context_length": 16,
        "vocab_size": 49408,  # the words of CLIP, which come with open_clip
        "width": 16,
        "heads": 2,
        "layers": 2,
    },
}


def save_tiny_clip(folder: Path, config: dict[str, Any] = TINY_CLIP, *, seed: int = 0) -> Path:
    """A model of open_clip's own architecture, with CLIP's own tokens."""
    torch, open_clip = import_library("torch"), import_library("open_clip")
    from safetensors.torch import save_file

    folder.mkdir(parents=True, exist_ok=True)
    prepare = {"mean": [0.5, 0.5, 0.5], "std": [0.5, 0.5, 0.5], "resize_mode": "squash"}
    content = {"model_cfg": config, "preprocess_cfg": prepare}
    (folder / "open_clip_config.json").write_text(json.dumps(content))
    torch.manual_seed(seed)
    with quiet():
        model = open_clip.create_model(
            f"local-dir:{folder}", load_weights=False, pretrained_text=False
        )
    save_file(model.state_dict(), folder / "open_clip_model.safetensors")
    return folder


TEXTS = ("a dog on the beach", "sort a list of words", "def sort of the list a red cat")


def save_tokens(
    folder: Path, *, start: str = "[CLS]", end: str = "[SEP]", more: Sequence[str] = ()
) -> int:
    """Tokens by whole words, in the form of tokenizer.json; returns how many there are.

    more: further special tokens.
    """
    transformers = import_library("transformers")
    from tokenizers import Tokenizer, models, pre_tokenizers, processors

    special = [start, end, "[PAD]", "[UNK]", "<encoder-only>", *more]
    words = sorted({word for text in TEXTS for word in text.split()})
    places = {word: place for place, word in enumerate([*special, *words])}
    tokens = Tokenizer(models.WordLevel(places, unk_token="[UNK]"))
    tokens.pre_tokenizer = pre_tokenizers.Whitespace()
    tokens.post_processor = processors.TemplateProcessing(
        single=f"{start} $A {end}",
        pair=f"{start} $A {end} $B:1 {end}:1",
        special_tokens=[(start, 0), (end, 1)],
    )
    tokens.add_special_tokens(special)
    transformers.PreTrainedTokenizerFast(
        tokenizer_object=tokens,
        cls_token=start,
        sep_token=end,
        pad_token="[PAD]",
        unk_token="[UNK]",
        model_max_length=64,
    ).save_pretrained(folder)
    return len(places)


def save_tiny_text(
    folder: Path,
    class_name: str = "BertModel",
    *,
    pooling: str = "mean_tokens",
    dense: bool = False,
) -> Path:
    """A folder of sentence-transformers around a model of transformers."""
    torch, transformers = import_library("torch"), import_library("transformers")
    n_token = save_tokens(folder)
    config = getattr(transformers, class_name).config_class(**_tiny_sizes(class_name, n_token))
    torch.manual_seed(0)
    with quiet():
        getattr(transformers, class_name)(config).save_pretrained(folder)
    _write(folder / "modules.json", [])
    _write(folder / "1_Pooling" / "config.json", {f"pooling_mode_{pooling}": True})
    if dense:
        from safetensors.torch import save_file

        made = {"linear.weight": torch.randn(8, 32), "linear.bias": torch.randn(8)}
        activation = {"activation_function": "torch.nn.modules.activation.Tanh"}
        _write(folder / "2_Dense" / "config.json", activation)
        save_file(made, folder / "2_Dense" / "model.safetensors")
    return folder


def _tiny_sizes(class_name: str, n_token: int) -> dict[str, int]:
    common = {"vocab_size": n_token, "max_position_embeddings": 80, "pad_token_id": 2}
    if class_name == "DistilBertModel":
        return common | {"dim": 32, "n_layers": 2, "n_heads": 2, "hidden_dim": 64}
    sizes = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2}
    return common | sizes | {"intermediate_size": 64}


def save_tiny_codet5p(folder: Path) -> Path:
    """As Salesforce/codet5p-110m-embedding: the encoder of T5 and a projection."""
    torch, transformers = import_library("torch"), import_library("transformers")
    from safetensors.torch import save_file

    sizes = {"d_model": 32, "d_ff": 64, "d_kv": 16, "num_layers": 2, "num_heads": 2}
    sizes |= {"vocab_size": save_tokens(folder), "pad_token_id": 2, "embed_dim": 12}
    torch.manual_seed(0)
    model = transformers.T5EncoderModel(transformers.T5Config(**sizes))
    model.proj = torch.nn.Linear(32, 12)
    state = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    save_file(state, folder / "model.safetensors")
    _write(folder / "config.json", sizes | {"model_type": "codet5p_embedding"})
    return folder


def save_tiny_clap(folder: Path) -> Path:
    """As laion/clap-htsat-unfused, with the smallest Swin transformer that hears anything."""
    torch, transformers = import_library("torch"), import_library("transformers")
    text = {"vocab_size": save_tokens(folder), "hidden_size": 32, "num_hidden_layers": 1}
    text |= {"num_attention_heads": 2, "intermediate_size": 64, "pad_token_id": 2}
    text |= {"max_position_embeddings": 90, "projection_dim": 20}
    sound = {"depths": [1, 1], "num_attention_heads": [2, 2], "patch_embeds_hidden_size": 16}
    sound |= {"hidden_size": 32, "projection_dim": 20, "num_mel_bins": 64, "spec_size": 256}
    config = transformers.ClapConfig(text_config=text, audio_config=sound, projection_dim=20)
    torch.manual_seed(0)
    with quiet():
        transformers.ClapModel(config).save_pretrained(folder)
        transformers.ClapFeatureExtractor(truncation="rand_trunc").save_pretrained(folder)
    return folder


def save_tiny_xlm_clip(folder: Path) -> Path:
    """As laion/CLIP-ViT-B-32-xlm-roberta-base-laion5B-s13B-b90k, with its config.json beside."""
    folder.mkdir(parents=True)
    sizes = _tiny_sizes("XLMRobertaModel", save_tokens(folder)) | {"pad_token_id": 2}
    _write(folder / "config.json", sizes | {"model_type": "xlm-roberta"})
    config = TINY_CLIP | {
        "text_cfg": {
            "context_length": 16, "hf_model_name": "xlm-roberta-tiny", "hf_proj_type": "mlp",
            "hf_tokenizer_name": "xlm-roberta-tiny", "hf_pooler_type": "mean_pooler",
        }
    }  # fmt: skip
    return _save_without_a_hub(folder, config)


def _save_without_a_hub(folder: Path, config: dict[str, Any]) -> Path:
    """open_clip asks for the configuration of a text tower where it can find it: in the folder."""
    there = config | {"text_cfg": config["text_cfg"] | {"hf_model_name": str(folder)}}
    save_tiny_clip(folder, there)
    content = json.loads((folder / "open_clip_config.json").read_text())
    _write(folder / "open_clip_config.json", content | {"model_cfg": config})
    return folder


def save_tiny_blip(folder: Path) -> Path:
    """As Salesforce/blip-itm-base-coco."""
    torch, transformers = import_library("torch"), import_library("transformers")
    sizes = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2}
    sizes |= {"intermediate_size": 64}
    text = sizes | {"vocab_size": save_tokens(folder), "max_position_embeddings": 80}
    text |= {"pad_token_id": 2, "encoder_hidden_size": 32}
    config = transformers.BlipConfig(
        text_config=text,
        vision_config=sizes | {"image_size": 32, "patch_size": 16},
        image_text_hidden_size=12,
    )
    torch.manual_seed(0)
    with quiet():
        transformers.BlipForImageTextRetrieval(config).save_pretrained(folder)
    _write(folder / "preprocessor_config.json", {"image_mean": [0.5] * 3, "image_std": [0.5] * 3})
    return folder


TINY_QUICK_CLIP: dict[str, Any] = {
    "embed_dim": 24,
    "quick_gelu": True,
    "vision_cfg": {"image_size": 32, "layers": 2, "width": 64, "head_width": 64, "patch_size": 16},
    "text_cfg": {"context_length": 24, "vocab_size": 49408, "width": 64, "heads": 1, "layers": 2},
}
"""With heads as wide as those of CLIP, and its GELU."""


def save_tiny_clip_moe(path: Path, *, n_expert: int = 3, same: bool = False) -> Path:
    """As clip-moe-4-2-recap-dc.pt: a CLIP whose second half of blocks has experts.

    same: every expert is the feed-forward layer of the dense CLIP, which so says the same.
    """
    torch = import_library("torch")
    from safetensors.torch import load_file

    folder = save_tiny_clip(path.parent / "dense", TINY_QUICK_CLIP)
    torch.manual_seed(1)
    state: dict[str, Any] = {}
    for name, tensor in load_file(folder / "open_clip_model.safetensors").items():
        block, _, rest = name.partition(".mlp.")
        if not rest or not block.endswith("resblocks.1"):
            state[name] = tensor
            continue
        for place in range(n_expert):
            other = tensor if same else tensor + 0.1 * torch.randn(tensor.shape)
            state[f"{block}.experts.{place}.{rest}"] = other
        state[f"{block}.gate.weight"] = torch.randn(n_expert, tensor.shape[-1])[:, :64]
    state.pop("attn_mask", None)
    state["positional_embedding_res"] = state["positional_embedding"].clone()
    torch.save(state, path)
    return path


def save_tiny_cross_encoder(folder: Path, *, n_label: int = 1) -> Path:
    """As cross-encoder/ms-marco-MiniLM-L6-v2."""
    torch, transformers = import_library("torch"), import_library("transformers")
    sizes = _tiny_sizes("BertModel", save_tokens(folder)) | {"num_labels": n_label}
    torch.manual_seed(0)
    with quiet():
        config = transformers.BertConfig(**sizes)
        transformers.BertForSequenceClassification(config).save_pretrained(folder)
    return folder


def _write(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content))
