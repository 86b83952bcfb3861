"""The network of CLIP-MoE: a CLIP whose tokens choose among several feed-forward layers.

Zhang et al., "CLIP-MoE: Towards Building Mixture of Experts for CLIP with Diversified Multiplet
Upcycling", EMNLP 2025, with the longer texts of Long-CLIP (Zhang et al., ECCV 2024): the first
twenty positions are those of CLIP, the others were learned anew. Everything is computed from the
tensors by the names that the authors' checkpoints have; sizes are read off their shapes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mmsearch.encode.towers.torch_setup import import_library

_HEAD_WIDTH = 64
_KEPT_POSITIONS = 20
"""Of CLIP's own, where there are positions of Long-CLIP beside them."""


class ClipMoe:
    """Both towers. Raises KeyError where a tensor is missing, RuntimeError where none fits."""

    def __init__(self, state: Mapping[str, Any], n_chosen: int) -> None:
        """state: float32 tensors on the device. n_chosen: experts that each token goes to."""
        self._torch = import_library("torch")
        self._state, self._n_chosen = state, n_chosen
        self._patch_px = int(state["visual.conv1.weight"].shape[-1])
        n_patch = len(state["visual.positional_embedding"]) - 1
        self.side_px = self._patch_px * round(n_patch**0.5)
        self.n_position = len(state["positional_embedding"])

    def encode_image(self, pictures: Any) -> Any:
        """(n, 3, side, side) -> (n, dim)"""
        of = self._state
        function = self._torch.nn.functional
        made = function.conv2d(pictures, of["visual.conv1.weight"], stride=self._patch_px)
        patches = made.flatten(2).transpose(1, 2)
        first = of["visual.class_embedding"].expand(len(patches), 1, -1)
        states = self._torch.cat([first, patches], dim=1) + of["visual.positional_embedding"]
        states = self._norm("visual.ln_pre", states)
        states = self._blocks("visual.transformer.resblocks.", states, is_causal=False)
        return self._norm("visual.ln_post", states[:, 0]) @ of["visual.proj"]

    def encode_text(self, tokens: Any) -> Any:
        """(n, n_token) int64 -> (n, dim), read where the last token of each text stands."""
        of = self._state
        places = of["positional_embedding"]
        if "positional_embedding_res" in of:
            learned = of["positional_embedding_res"][_KEPT_POSITIONS:]
            places = self._torch.cat([places[:_KEPT_POSITIONS], learned])
        states = of["token_embedding.weight"][tokens] + places[: tokens.shape[1]]
        states = self._blocks("transformer.resblocks.", states, is_causal=True)
        states = self._norm("ln_final", states)
        last = tokens.argmax(dim=-1)  # the end has the highest number of all words
        rows = self._torch.arange(tokens.shape[0], device=tokens.device)
        return states[rows, last] @ of["text_projection"]

    def _blocks(self, prefix: str, states: Any, *, is_causal: bool) -> Any:
        for place in range(_count(self._state, prefix)):
            block = f"{prefix}{place}."
            given = self._norm(f"{block}ln_1", states)
            states = states + self._attention(f"{block}attn.", given, is_causal=is_causal)
            given = self._norm(f"{block}ln_2", states)
            states = states + self._feed_forward(block, given)
        return states

    def _attention(self, prefix: str, states: Any, *, is_causal: bool) -> Any:
        n, n_token, width = states.shape
        of = self._state
        function = self._torch.nn.functional
        joined = function.linear(states, of[f"{prefix}in_proj_weight"], of[f"{prefix}in_proj_bias"])
        shape = (n, n_token, 3, width // _HEAD_WIDTH, _HEAD_WIDTH)
        query, key, value = joined.reshape(shape).permute(2, 0, 3, 1, 4)
        mixed = function.scaled_dot_product_attention(query, key, value, is_causal=is_causal)
        return self._linear(f"{prefix}out_proj", mixed.transpose(1, 2).reshape(n, n_token, width))

    def _feed_forward(self, block: str, states: Any) -> Any:
        n_expert = _count(self._state, f"{block}experts.")
        if not n_expert:
            return self._expert(f"{block}mlp.", states)
        flat = states.reshape(-1, states.shape[-1])
        share = self._shares(block, flat, n_expert)
        said = self._torch.zeros_like(flat)
        for place in range(n_expert):
            rows = share[:, place].nonzero().squeeze(1)
            part = self._expert(f"{block}experts.{place}.", flat[rows]) * share[rows, place, None]
            said = said.index_add(0, rows, part.to(said.dtype))
        return said.reshape(states.shape)

    def _shares(self, block: str, flat: Any, n_expert: int) -> Any:
        """How much each token wants of each expert: (n_token, n_expert), zero for most."""
        function = self._torch.nn.functional
        odds = function.softmax(self._linear(f"{block}gate", flat).float(), dim=-1)
        best, chosen = odds.topk(min(self._n_chosen, n_expert), dim=-1)
        shares = best / best.sum(-1, keepdim=True)
        return self._torch.zeros_like(odds).scatter(-1, chosen, shares)

    def _expert(self, prefix: str, states: Any) -> Any:
        """Two layers with the quick GELU of CLIP between them."""
        inner = self._linear(f"{prefix}c_fc", states)
        return self._linear(f"{prefix}c_proj", inner * self._torch.sigmoid(1.702 * inner))

    def _linear(self, name: str, states: Any) -> Any:
        weight, bias = self._state[f"{name}.weight"], self._state.get(f"{name}.bias")
        return self._torch.nn.functional.linear(states, weight, bias)

    def _norm(self, name: str, states: Any) -> Any:
        weight, bias = self._state[f"{name}.weight"], self._state[f"{name}.bias"]
        return self._torch.nn.functional.layer_norm(states, weight.shape, weight, bias)


def _count(state: Mapping[str, Any], prefix: str) -> int:
    """How many numbered parts there are below a name."""
    found = {name[len(prefix) :].partition(".")[0] for name in state if name.startswith(prefix)}
    return len(found)
