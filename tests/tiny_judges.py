"""Tiny rerankers with random weights, written to disk as their real, large counterparts are."""

from __future__ import annotations

import json
from pathlib import Path

from mmsearch.encode.towers.torch_setup import import_library, quiet
from tests.tiny_models import save_tokens


def save_tiny_roberta(folder: Path) -> Path:
    """As BAAI/bge-reranker-base: places are counted from behind the padding."""
    torch, transformers = import_library("torch"), import_library("transformers")
    sizes = {"vocab_size": save_tokens(folder), "pad_token_id": 2, "num_labels": 1}
    sizes |= {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2}
    sizes |= {"intermediate_size": 64, "max_position_embeddings": 80, "type_vocab_size": 1}
    sizes |= {"initializer_range": 0.5}  # so that texts differ
    torch.manual_seed(0)
    with quiet():
        config = transformers.XLMRobertaConfig(**sizes)
        transformers.XLMRobertaForSequenceClassification(config).save_pretrained(folder)
    return folder


def save_tiny_blip(folder: Path, *, seed: int = 0) -> Path:
    """As Salesforce/blip-itm-base-coco."""
    torch, transformers = import_library("torch"), import_library("transformers")
    both = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2}
    both |= {"intermediate_size": 64, "projection_dim": 16}
    text = both | {"vocab_size": save_tokens(folder), "encoder_hidden_size": 32}
    text |= {"max_position_embeddings": 64, "pad_token_id": 2, "bos_token_id": 0, "sep_token_id": 1}
    seen = both | {"image_size": 32, "patch_size": 8}
    torch.manual_seed(seed)
    with quiet():
        config = transformers.BlipConfig(
            text_config=text, vision_config=seen, projection_dim=16, image_text_hidden_size=16
        )
        transformers.BlipForImageTextRetrieval(config).save_pretrained(folder)
    prepare = {"image_mean": [0.5, 0.4, 0.3], "image_std": [0.2, 0.3, 0.4]}
    (folder / "preprocessor_config.json").write_text(json.dumps(prepare))
    return folder


def save_tiny_codet5p_bimodal(folder: Path) -> Path:
    """As Salesforce/codet5p-220m-bimodal: T5, a projection, and a head for matching."""
    torch, transformers = import_library("torch"), import_library("transformers")
    from safetensors.torch import save_file

    n_token = save_tokens(folder, more=("[ENC]",))
    sizes = {"d_model": 32, "d_ff": 64, "d_kv": 16, "num_layers": 2, "num_heads": 2}
    sizes |= {"vocab_size": n_token, "pad_token_id": 2, "embed_dim": 12, "eos_token_id": 1}
    torch.manual_seed(0)
    with quiet():
        model = transformers.T5ForConditionalGeneration(transformers.T5Config(**sizes))
    model.proj, model.itm_head = torch.nn.Linear(32, 12), torch.nn.Linear(32, 2)
    state = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    save_file(state, folder / "model.safetensors")
    content = sizes | {"model_type": "codet5p_bimodal", "decoder_start_token_id": 2}
    (folder / "config.json").write_text(json.dumps(content))
    return folder


def save_tiny_bert(folder: Path) -> Path:
    """As cross-encoder/ms-marco-MiniLM-L6-v2, with weights so large that texts differ."""
    torch, transformers = import_library("torch"), import_library("transformers")
    sizes = {"vocab_size": save_tokens(folder), "pad_token_id": 2, "num_labels": 1}
    sizes |= {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2}
    sizes |= {"intermediate_size": 64, "max_position_embeddings": 80}
    torch.manual_seed(0)
    with quiet():
        config = transformers.BertConfig(**sizes, initializer_range=0.5)
        transformers.BertForSequenceClassification(config).save_pretrained(folder)
    return folder


_TALK = (
    "{% for message in messages %}{% if message['role'] == 'user' %}<user> "
    "{{ message['content'] }} <end> {% endif %}{% endfor %}"
    "{% if add_generation_prompt %}<assistant> {% endif %}"
)
_WORDS = (
    "Here are passages each named by a letter in brackets Rank them how well they answer the "
    "search query Search all best first their letters e g with ranking alone paragraphs Find what "
    "answers following above Query some dog cat beach sea list sort words red gold bird tree house "
    "car road night day of on to and N A B C D E F G H I J K L M N O P Q R S T"
)


def save_talking_tokens(folder: Path, *, talks: bool = True) -> int:
    """Tokens of a language model: words, numbers and marks, each by itself."""
    transformers = import_library("transformers")
    from tokenizers import Tokenizer, models, pre_tokenizers

    special = ["<s>", "<unk>", "<user>", "<end>", "<assistant>"]
    marks = [*"[].,:>/", *map(str, range(100))]
    words = dict.fromkeys([*special, *marks, *_WORDS.split()])
    tokens = Tokenizer(models.WordLevel({word: place for place, word in enumerate(words)}, "<unk>"))
    tokens.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Whitespace(), pre_tokenizers.Punctuation()]
    )
    tokens.add_special_tokens(special)
    made = transformers.PreTrainedTokenizerFast(
        tokenizer_object=tokens, bos_token="<s>", unk_token="<unk>", model_max_length=2048
    )
    if talks:
        made.chat_template = _TALK
    made.save_pretrained(folder)
    return len(words)


def save_tiny_lm(folder: Path, class_name: str = "LlamaForCausalLM", *, talks: bool = True) -> Path:
    """A language model of the architecture of Llama, Qwen 2 and the like."""
    torch, transformers = import_library("torch"), import_library("transformers")
    sizes = {"vocab_size": save_talking_tokens(folder, talks=talks), "hidden_size": 32}
    sizes |= {"num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2}
    sizes |= {"intermediate_size": 64, "max_position_embeddings": 1024, "bos_token_id": 0}
    made = getattr(transformers, class_name)
    torch.manual_seed(0)
    with quiet():
        made(made.config_class(**sizes, initializer_range=0.5)).save_pretrained(folder)
    return folder


def save_matching_lm(folder: Path) -> Path:
    """A Llama of one layer, made by hand, whose tokens look at those that are like themselves.

    Words have random directions in dimensions that turn slowly with the place of a token, and keys
    and queries are the words themselves; so a query looks at its own words in the texts.
    """
    torch, transformers = import_library("torch"), import_library("transformers")
    n_word, side = save_talking_tokens(folder, talks=False), 64
    sizes = {"vocab_size": n_word, "hidden_size": side, "num_hidden_layers": 1}
    sizes |= {"num_attention_heads": 1, "intermediate_size": 8, "max_position_embeddings": 1024}
    config = transformers.LlamaConfig(**sizes, rope_theta=1e9, bos_token_id=0)
    with quiet():
        model = transformers.LlamaForCausalLM(config)
    chance = torch.Generator().manual_seed(0)
    words = torch.randn(n_word, side, generator=chance)
    turning = torch.arange(side) % (side // 2) < side // 4
    words[:, turning] = 0
    layer = model.model.layers[0]
    with torch.no_grad():
        for weights in model.parameters():
            weights.zero_()
        model.model.embed_tokens.weight.copy_(words)
        layer.input_layernorm.weight.fill_(1)
        layer.self_attn.q_proj.weight.copy_(torch.eye(side))
        layer.self_attn.k_proj.weight.copy_(torch.eye(side))
        model.model.norm.weight.fill_(1)
    model.save_pretrained(folder)
    return folder
