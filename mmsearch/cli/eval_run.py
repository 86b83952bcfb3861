"""From a name or a file of queries to the outcomes of all its queries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import click

from mmsearch.cli.eval_progress import Say, progress_shown
from mmsearch.cli.index_command import progress_line
from mmsearch.errors import LibraryError, QueryError, UserError
from mmsearch.evaluate.ablation import ABLATIONS
from mmsearch.evaluate.bench import Bench, build_bench, build_own_bench
from mmsearch.evaluate.datasets import DATASETS
from mmsearch.evaluate.measure import asking
from mmsearch.evaluate.outcomes import Outcome
from mmsearch.evaluate.queries import JudgedQuery, read_judged_queries, sample
from mmsearch.library import Library, open_library
from mmsearch.settings import Settings, load_settings
from mmsearch.types import LibraryStatus

_SAID_EVERY = 10
_OWN_HITS = 100


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command line asked for."""

    data: Path | None
    work: Path
    is_work_named: bool
    """Only then a file of queries gets a library of its own."""
    library: Path | None
    n_queries: int | None
    n_hits: int | None
    normalise: str = "auto"
    is_ablated: bool = False
    """Ask everything again without each of the means of a search."""


@dataclass(slots=True)
class Run:
    """What has been asked so far; it stays good when the run is interrupted."""

    wishes: Wishes
    say: Say = field(default=lambda line: None)
    outcomes: list[Outcome] = field(default_factory=list)
    without: dict[str, list[Outcome]] = field(default_factory=dict)
    """By what was left out, if the run is ablated."""
    spaces: set[str] = field(default_factory=set)

    def ask_all(self, names: Sequence[str]) -> Iterator[list[Outcome]]:
        """Ask datasets and files of queries one after the other; yields the outcomes of each."""
        for name in _expanded(names):
            n_before = len(self.outcomes)
            with progress_shown() as self.say:
                if _is_file(name) and not self.wishes.is_work_named:
                    self._ask_library(Path(name))
                else:
                    self._ask_bench(self._bench(name))
            yield self.outcomes[n_before:]

    def _bench(self, name: str) -> Bench:
        self.say(f"{name}: making the folder")
        wishes = self.wishes
        if _is_file(name):
            return build_own_bench(Path(name), wishes.work, limit=wishes.n_hits or _OWN_HITS)
        return build_bench(name, wishes.data, wishes.work)

    def _ask_library(self, queries: Path) -> None:
        judged = read_judged_queries(queries, limit=self.wishes.n_hits or _OWN_HITS)
        settings = _settings()
        with open_library(self.wishes.library, create=False, settings=settings) as library:
            self._ask(library, queries.stem, judged)

    def _ask_bench(self, bench: Bench) -> None:
        with open_library(bench.library, settings=_settings()) as library:
            library.add(bench.files)
            library.index(
                on_progress=lambda done: self.say(f"{bench.name}: {progress_line(done)}"),
                forget_missing=True,
            )
            _forget_other_roots(library, bench.files)
            _tell_missing(bench, library.status())
            self._ask(library, bench.name, bench.judged)

    def _ask(self, library: Library, name: str, judged: list[JudgedQuery]) -> None:
        if self.wishes.n_queries is not None:
            judged = sample(judged, self.wishes.n_queries)
        if self.wishes.n_hits is not None:
            n_hits = self.wishes.n_hits
            judged = [replace(one, query=replace(one.query, limit=n_hits)) for one in judged]
        how = self.wishes.normalise
        judged = [replace(one, query=replace(one.query, normalise=how)) for one in judged]
        status = library.status()
        if not status.n_segments:
            raise LibraryError("The library is empty.", "Run: mmsearch index")
        self.spaces.update(status.spaces)
        self._collect(self.outcomes, library, name, judged, said=name)
        for means, change in ABLATIONS.items() if self.wishes.is_ablated else ():
            changed = [replace(one, query=replace(one.query, **change)) for one in judged]
            self._ask_without(library, name, means, changed)

    def _ask_without(
        self, library: Library, name: str, means: str, judged: list[JudgedQuery]
    ) -> None:
        """Ask changed queries; a means that this library's encoder does not have is left out."""
        outcomes: list[Outcome] = []
        try:
            self._collect(outcomes, library, name, judged, said=f"{name}, {means}")
        except QueryError as error:
            self.say(f"{name}, {means}: {error.message}")
        else:
            self.without.setdefault(means, []).extend(outcomes)

    def _collect(
        self,
        outcomes: list[Outcome],
        library: Library,
        name: str,
        judged: list[JudgedQuery],
        *,
        said: str,
    ) -> None:
        for number, outcome in enumerate(asking(library, judged, dataset=name), 1):
            outcomes.append(outcome)
            if number % _SAID_EVERY == 0:
                self.say(f"{said}: asked {number:,} of {len(judged):,}")


def _settings() -> Settings:
    """The user's, but judged queries are no searches: their answers must not depend on them."""
    return replace(load_settings(), keep_searches=False)


def _forget_other_roots(library: Library, files: Path) -> None:
    """Keep the files from being found twice when the folder was moved or is named differently.

    To be done after indexing, so that the vectors have been taken over.
    """
    for root in library.roots():
        if root.path != files:
            library.remove(root.path)


def _tell_missing(bench: Bench, status: LibraryStatus) -> None:
    """Say how many files could not be read; raise when some were not even looked at."""
    n_passed_over = bench.n_files - status.n_indexed - status.n_failed
    if n_passed_over > 0:
        raise UserError(
            f"{bench.name}: {n_passed_over:,} of {bench.n_files:,} files were passed over.",
            "A .gitignore above the folder, or your ignore patterns, hide them: "
            "name another folder with --work.",
        )
    if status.n_failed:
        told = f"{bench.name}: {status.n_failed:,} files could not be read"
        click.echo(f"{told}; see: mmsearch --library {bench.library} errors", err=True)


def _expanded(names: Sequence[str]) -> list[str]:
    """The names without repetition, ``all`` replaced by all datasets."""
    each = [one for name in names for one in (list(DATASETS) if name == "all" else [name])]
    unique = list(dict.fromkeys(each))
    # What is wrong is told before hours of work, not after.
    by_name: dict[str, str] = {}
    for name in unique:
        if not _is_file(name):
            DATASETS.get(name.partition(":")[0])
        own = Path(name).stem if _is_file(name) else name
        if own in by_name:
            raise UserError(f"{by_name[own]} and {name} would both be called {own}.", "Rename one.")
        by_name[own] = name
    return unique


def _is_file(name: str) -> bool:
    """Whether a file of queries is meant, and not a dataset."""
    return Path(name).suffix != "" or "/" in name or Path(name).is_file()
