"""Language models that go on writing, from a folder: opened whole, and spoken to in tokens."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mmsearch.encode.towers.runner import Runner
from mmsearch.encode.towers.torch_setup import first_line
from mmsearch.encode.towers.towers import Options
from mmsearch.encode.towers.transformers_folder import REFUSALS, WEIGHTS, open_model, open_tokens
from mmsearch.encode.towers.weights import check_memory, count_parameters
from mmsearch.errors import ModelError

_MOST_CONTEXT = 8192
"""Tokens of a prompt; longer ones take a processor minutes."""
_MARK = "\x1a"
_BYTES_PER_PARAMETER = 4


@dataclass(frozen=True, slots=True, eq=False)
class CausalLm:
    """An open model and how one speaks to it."""

    runner: Runner
    model: Any
    tokens: Any
    before: list[int]
    """Tokens before what a person says, as the model was taught to talk."""
    after: list[int]
    """Tokens behind it, up to where the answer begins."""
    n_context: int
    """How many tokens it can read."""

    def ids(self, text: str) -> list[int]:
        """The tokens of a piece of a prompt."""
        return _plain_ids(self.tokens, text)

    def cut(self, texts: list[str], n_else: int, most: int) -> list[list[int]]:
        """The tokens of texts, each as long as fits beside ``n_else`` others; ``most`` at most.

        Raises ModelError when there is no room for them.
        """
        each = min(most, (self.n_context - n_else) // max(len(texts), 1))
        if each < 1:
            raise ModelError(
                f"The model reads {self.n_context} tokens, too few for {len(texts)} texts."
            )
        return [self.ids(text)[:each] for text in texts]


def open_lm(folder: Path, options: Options, attention: str = "sdpa") -> CausalLm:
    """Open the model in a folder; raises ModelError. attention: the implementation to run."""
    n_parameter = count_parameters(folder / WEIGHTS)
    check_memory(folder.name, _BYTES_PER_PARAMETER * n_parameter)
    tokens = open_tokens(folder)
    model = open_model(folder, "AutoModelForCausalLM", attn_implementation=attention)
    runner = Runner.of(options)
    model = runner.place(model)
    before, after = _frame(tokens)
    said = getattr(model.config, "max_position_embeddings", None) or _MOST_CONTEXT
    return CausalLm(runner, model, tokens, before, after, min(int(said), _MOST_CONTEXT))


def _frame(tokens: Any) -> tuple[list[int], list[int]]:
    """What stands around a person's words; the first token alone where no talk was taught."""
    if not getattr(tokens, "chat_template", None):
        first = tokens.bos_token_id
        return ([] if first is None else [int(first)]), []
    from jinja2 import TemplateError

    refusals: tuple[type[Exception], ...] = (*REFUSALS, TemplateError)
    try:
        said = tokens.apply_chat_template(
            [{"role": "user", "content": _MARK}], tokenize=False, add_generation_prompt=True
        )
    except refusals as error:
        raise ModelError(
            f"How one talks to the model (chat_template) is not understood: {first_line(error)}"
        ) from error
    before, mark, after = str(said).partition(_MARK)
    if not mark:
        raise ModelError("How one talks to the model (chat_template) leaves out what is said.")
    return _plain_ids(tokens, before), _plain_ids(tokens, after)


def _plain_ids(tokens: Any, text: str) -> list[int]:
    return list(tokens(text, add_special_tokens=False)["input_ids"])
