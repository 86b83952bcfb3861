"""The text of a query from the arguments of a shell, which has eaten its quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence

import click

_OPTION = re.compile(r"--[a-z][\w-]*(=.*)?", re.DOTALL)
_LOST_QUOTES = re.compile(
    r"(?P<sign>-?(?:\d*\.?\d+:)?(?:(?:like|in|name|camera|tag):)?)(?P<value>[^\s\"]\S*\s.*)",
    re.DOTALL,
)


class TextCommand(click.Command):
    """A command without short options, so that "-word" can be part of its text."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.ignore_unknown_options = True

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As usual; but a long option that does not exist is wrong usage, and not text."""
        own = args[: args.index("--")] if "--" in args else list(args)
        rest = super().parse_args(ctx, args)
        known = {name for param in self.get_params(ctx) for name in param.opts}
        for word in own:
            name = word.partition("=")[0]
            if _OPTION.fullmatch(word) and name not in known and word in ctx.params["text"]:
                raise click.NoSuchOption(name, possibilities=sorted(known), ctx=ctx)
        return rest


def text_of(words: Sequence[str]) -> str:
    """The words joined; of several, those with a blank after a sign get their quotes back.

    ``a dog -"two people" in:"my folder"`` arrives as three words and "-two people" and
    "in:my folder". A single word is the whole query, which was quoted for the shell.
    """
    return " ".join(words if len(words) == 1 else map(_quoted_again, words))


def _quoted_again(word: str) -> str:
    found = _LOST_QUOTES.fullmatch(word)
    if found is None or not found["sign"]:
        return word
    value = found["value"].replace('"', '""')
    return f'{found["sign"]}"{value}"'
