"""The ``.gitignore`` files that hold in a folder. They are asked for code only.

What git passes over is often just what a person wants to find: pictures, films and recordings
are seldom under version control. So these rules never hide a folder from the walk; inside a
folder that git ignores they take out the code, and nothing else.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from pathspec import GitIgnoreSpec

from mmsearch.errors import UnreadableFileError
from mmsearch.scan.regular import open_regular

_LARGEST_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class GitRules:
    """The rules that hold in one folder, the outermost first."""

    specs: tuple[tuple[str, GitIgnoreSpec], ...] = ()
    """(folder of the .gitignore with a separator at its end, its patterns)."""
    ignored: bool = False
    """Whether git ignores the folder itself; nothing inside can then be taken back."""

    def within(self, folder: str, names: frozenset[str] | set[str]) -> GitRules:
        """Return the rules that hold in ``folder``, a child folder that holds ``names``.

        ``folder`` has a separator at its end.
        """
        # A repository inside another one has rules of its own, as git sees it. That also
        # rescues the projects below a home folder that is itself kept in git with "ignore all".
        rules = NO_GIT_RULES if ".git" in names else self._entering(folder)
        if ".gitignore" not in names or rules.ignored:
            return rules
        spec = _read_spec(folder + ".gitignore")
        return GitRules((*rules.specs, (folder, spec))) if spec else rules

    def _entering(self, folder: str) -> GitRules:
        if self.ignored or not self.specs or not self._matches(folder):
            return self
        return GitRules(ignored=True)

    def ignores(self, path: str) -> bool:
        """Tell whether git ignores this file; ``path`` is in the folder that the rules are of."""
        return self.ignored or (bool(self.specs) and self._matches(path))

    def _matches(self, path: str) -> bool:
        # The innermost file that has a matching line decides.
        for base, spec in reversed(self.specs):
            verdict = spec.check_file(path[len(base) :])
            if verdict.include is not None:
                return verdict.include
        return False


NO_GIT_RULES = GitRules()


def rules_above(folder: str) -> GitRules:
    """Return the rules that the folders above ``folder`` lay on it, up to the top of its work tree.

    A root may be a part of a repository, or lie in none; then there are no rules.
    """
    rules = NO_GIT_RULES
    for path in _folders_of_work_tree(folder):
        names = {name for name in (".git", ".gitignore") if _has(path, name)}
        rules = rules.within(os.path.join(path, ""), names)
    return rules


def _folders_of_work_tree(folder: str) -> list[str]:
    """Return the folders from the top of the work tree down to the parent of ``folder``."""
    if _has(folder, ".git"):
        return []
    found: list[str] = []
    parent = os.path.dirname(folder)
    while parent != folder:
        found.insert(0, parent)
        if _has(parent, ".git"):
            return found
        folder, parent = parent, os.path.dirname(parent)
    return []


def _has(folder: str, name: str) -> bool:
    return os.path.lexists(os.path.join(folder, name))


def _read_spec(path: str) -> GitIgnoreSpec | None:
    try:
        with open_regular(path) as file:
            text = file.read(_LARGEST_BYTES).decode("utf-8", "replace")
    except UnreadableFileError:
        # A .gitignore that cannot be read hides nothing; git does the same.
        return None
    return GitIgnoreSpec.from_lines(line for line in text.splitlines() if _is_pattern(line))


def _is_pattern(line: str) -> bool:
    """Tell whether a line says something that git would follow."""
    if not line.strip() or line.startswith("#"):
        return False
    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True
