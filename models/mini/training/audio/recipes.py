"""The list of synthesised sounds: a name, the words for it, and a function that plays one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from numpy.random import Generator

from .signals import F32

Play = Callable[[Generator], F32]


@dataclass(frozen=True, slots=True)
class Recipe:
    """One sort of sound. ``label`` is what a person would call it."""

    label: str
    play: Play


RECIPES: list[Recipe] = []


def recipe(label: str) -> Callable[[Play], Play]:
    """Return a decorator that adds a function as the recipe of a sound."""

    def add(play: Play) -> Play:
        RECIPES.append(Recipe(label, play))
        return play

    return add


def load_recipes() -> list[Recipe]:
    """All recipes; importing their modules fills the list."""
    from . import recipes_hits, recipes_machines, recipes_nature  # noqa: F401

    return RECIPES
