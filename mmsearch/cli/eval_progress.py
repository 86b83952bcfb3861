"""One line that tells how far an evaluation is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

Say = Callable[[str], None]


@contextmanager
def progress_shown() -> Iterator[Say]:
    """A function that shows one live line on a terminal, and nothing elsewhere."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda line: None
        return
    from rich.live import Live
    from rich.text import Text

    with Live(console=console, refresh_per_second=10, transient=True) as live:
        yield lambda line: live.update(Text(line, no_wrap=True))
