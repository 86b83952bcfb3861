"""Tells on standard error how a query was read, where that is not what it says."""

from __future__ import annotations

import click

from mmsearch.query.understand import Understood


def say_understood(understood: Understood) -> None:
    """One dim line for plain words that were taken for filters, one for each note."""
    if understood.applied:
        meanings = ", ".join(one.meaning for one in understood.applied)
        say_dimly(f"understood: {meanings}; --literal to search for the words")
    for note in understood.notes:
        say_dimly(note)


def say_dimly(line: str) -> None:
    click.secho(line, dim=True, err=True)
