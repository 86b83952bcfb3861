"""One indexing run: scan → decode → encode → store."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from mmsearch.decode.decoder import decode_file
from mmsearch.decode.options import DecodeOptions
from mmsearch.decode.worker import Decoded, DecodeJob, DecodePool, Failed, Finished, Idle, Message
from mmsearch.encode.encoder import Encoder
from mmsearch.errors import UnreadableFileError
from mmsearch.indexing.asset_rows import content_id_of, failed_row, indexed_row
from mmsearch.indexing.batches import Batches, Waiting
from mmsearch.indexing.known import KNOWN_COLUMNS, KnownAssets, KnownContents
from mmsearch.indexing.ledger import Ledger
from mmsearch.indexing.pace import Laps
from mmsearch.indexing.plan import Comparison, Plan, Wishes
from mmsearch.indexing.reading import Reading, tower_of
from mmsearch.indexing.todo_list import Todo
from mmsearch.scan.ignore import IgnoreRules
from mmsearch.scan.touched import Touched, TouchedBelow
from mmsearch.settings import Settings
from mmsearch.store.store import Store
from mmsearch.types import IndexReport, Metadata, MissingFiles, Progress, Segment

_PROGRESS_EVERY_S = 1 / 30
_LOOK_UP_EVERY_S = 0.25
"""How often a run looks whether it should stop or commit while a long film is decoded."""
Root = tuple[str, Path, tuple[Path, ...]]
"""The id of a folder that is there, its path, and paths in it that are roots of their own."""


@dataclass(frozen=True, slots=True)
class IndexOptions:
    """What one run is asked to do."""

    settings: Settings = field(default_factory=Settings)
    wishes: Wishes = field(default_factory=Wishes)
    stop: Callable[[], bool] = lambda: False
    """Asked often; True ends the run, with everything done so far kept."""
    touched: Touched | None = None
    """Look into these folders only; None for everywhere."""


class IndexRun:
    """Brings the library up to date with the disk. Use once: ``report = yield from run.steps()``.

    ``roots`` are the folders that are there. The store must be in a writing session.
    """

    def __init__(
        self, store: Store, encoder: Encoder, roots: Iterable[Root], options: IndexOptions
    ) -> None:
        self._store = store
        self._roots = list(roots)
        self._options = options
        self._space = encoder.spec.space
        self._decode_options = DecodeOptions(
            image_px=encoder.spec.image_px, read_printed=options.settings.read_printed
        )
        self._batches = Batches(encoder)
        self._ledger = Ledger(store, self._batches)
        self._plan = Plan()
        self._reading: dict[str, Reading] = {}
        self._waiting: Counter[str] = Counter()
        self.laps = Laps()
        """How long what was read has taken, against what was to be expected."""
        self._progress = Progress("scanning")
        self._started_s = self._shown_s = time.monotonic()
        self._n_reused = self._n_indexed = self._n_failed = self._n_segments = 0

    def steps(self) -> Generator[Progress, None, IndexReport]:
        """Do the work while being iterated; the return value says what was done."""
        yield self._progress
        self._store.forget_wordless(root_id for root_id, _, _ in self._roots)
        self._contents = yield from self._scan()
        stopped = yield from self._index()
        yield replace(self._made_progress(), phase="finishing", current="")
        self._ledger.commit()
        if not stopped:
            self._plan.settle(self._ledger.reused_contents)
            if self._plan.removed:
                self._store.delete_assets(self._plan.removed)
        return self._report(stopped=stopped)

    def _scan(self) -> Generator[Progress, None, KnownContents]:
        """Compare the disk with the library; returns the contents that need not be read."""
        looked_into = [
            (root_id, path, inner_roots, self._touched_below(path))
            for root_id, path, inner_roots in self._roots
            if self._options.touched is None or self._touched_below(path) is not None
        ]
        table = self._store.assets(KNOWN_COLUMNS)
        known = KnownAssets(table, [root_id for root_id, *_ in looked_into])
        comparison = Comparison(known, self._space, self._options.wishes)
        self._plan = comparison.plan
        for root_id, path, inner_roots, touched in looked_into:
            rules = IgnoreRules(
                self._options.settings.ignore,
                excluded=(self._store.folder, *inner_roots),
            )
            for n_found in comparison.scan_root(root_id, path, rules, touched):
                yield replace(self._progress, n_found=n_found, current=str(path))
                if self._options.stop():
                    break
        self._ledger.keep_twins(self._plan.replaced)
        return known.contents(self._space)

    def _touched_below(self, root: Path) -> TouchedBelow | None:
        touched = self._options.touched
        return None if touched is None else touched.below(root)

    def _index(self) -> Generator[Progress, None, bool]:
        """Decode and encode what is to do; returns whether it was stopped."""
        self._started_s = time.monotonic()
        self._waiting = Counter({root_id: 0 for root_id, _, _ in self._roots})
        self._waiting.update(self._plan.todo.count_by_root())
        for failure in self._plan.failures:
            self._n_failed += 1
            self._ledger.add(failure)
        with self._batches:
            for message in self._messages():
                self._take(message)
                yield from self._look_up()
                if self._options.stop():
                    break
            for keys in self._batches.rest():
                self._count_encoded(keys)
                yield from self._look_up()
                if self._options.stop():
                    break
            self._count_encoded(self._batches.leave())
        return self._options.stop()

    def _messages(self) -> Iterator[Message]:
        """What comes out of the decoders, from worker processes or from this one."""
        settings = self._options.settings
        if settings.decode_in_process:
            yield from self._decode_here()
            return
        with DecodePool(
            min(settings.worker_count(), max(1, len(self._plan.todo))),
            self._decode_options,
            time_limit_s=settings.time_limit_s,
            memory_limit_bytes=settings.memory_limit_bytes,
        ) as pool:
            yield from pool.decode(self._jobs(), idle_after_s=_LOOK_UP_EVERY_S)

    def _decode_here(self) -> Iterator[Message]:
        for job in self._jobs():
            if job is None:
                yield Idle()
                continue
            try:
                for item in decode_file(job.path, job.modality, self._decode_options):
                    yield Decoded(job.key, item)
                yield Finished(job.key)
            except UnreadableFileError as error:
                yield Failed(job.key, error)

    def _jobs(self) -> Iterator[DecodeJob | None]:
        """Files that must be read; those whose content is known are done at once.

        None says now and then that there is none just now, while many known ones are looked up.
        """
        looked_up_s = time.monotonic()
        for todo in self._plan.todo:
            if self._options.stop():
                return
            job = self._job(todo)
            if job is not None or time.monotonic() - looked_up_s > _LOOK_UP_EVERY_S:
                yield job
                looked_up_s = time.monotonic()

    def _job(self, todo: Todo) -> DecodeJob | None:
        """What the decoders have to do for a file; None if they have nothing to do."""
        try:
            content_id = content_id_of(todo)
        except UnreadableFileError as error:
            self._fail(todo, "", error)
            return None
        if content_id in self._contents:
            self._n_reused += 1
            self._waiting[todo.root_id] -= 1
            self._ledger.add_reused(todo, content_id)
        elif content_id in self._reading:
            self._reading[content_id].owners.append(todo)
        else:
            self._reading[content_id] = Reading(content_id, [todo])
            return DecodeJob(content_id, todo.path, todo.modality)
        return None

    def _take(self, message: Message) -> None:
        if isinstance(message, Idle):
            return
        content = self._reading[message.key]
        match message:
            case Decoded(_, Segment() as segment):
                kind = tower_of(content.owners[0].modality, segment)
                waiting = Waiting(message.key, message.key, content.n_segments, segment)
                content.n_segments += 1
                self._n_segments += 1
                self._count_encoded(self._batches.add(kind, waiting))
            case Decoded(_, Metadata() as metadata):
                content.metadata = metadata
            case Finished():
                content.finished = True
                self._keep_if_complete(content)
            case Failed(_, error):
                del self._reading[message.key]
                for todo in content.owners:
                    self._fail(todo, content.content_id, error)

    def _count_encoded(self, keys: Iterable[str]) -> None:
        for key in keys:
            content = self._reading.get(key)
            if content is not None:  # None: it failed after some of its segments were encoded
                content.n_encoded += 1
                self._keep_if_complete(content)

    def _keep_if_complete(self, content: Reading) -> None:
        if not content.complete or content.content_id not in self._reading:
            return
        del self._reading[content.content_id]
        self.laps.read(content.owners[0].modality, content.owners[0].stamp.size_bytes)
        for todo in content.owners:
            self._n_indexed += 1
            self._waiting[todo.root_id] -= 1
            row = indexed_row(todo, content.content_id, content.metadata, self._space)
            self._ledger.add(row)
        self._contents.add(content.content_id)

    def _fail(self, todo: Todo, content_id: str, error: UnreadableFileError) -> None:
        self._n_failed += 1
        self._waiting[todo.root_id] -= 1
        self._ledger.add(failed_row(todo, content_id, error))

    def _look_up(self) -> Iterator[Progress]:
        if self._ledger.is_ready():
            self._count_encoded(self._batches.ready())
            self._ledger.commit()
            self.laps.end()
        yield from self._show()

    def _show(self) -> Iterator[Progress]:
        now_s = time.monotonic()
        if now_s - self._shown_s < _PROGRESS_EVERY_S:
            return
        self._shown_s = now_s
        self._progress = self._made_progress()
        yield self._progress

    def _made_progress(self) -> Progress:
        n_done = self._n_indexed + self._n_reused + self._n_failed
        n_todo = len(self._plan.todo) + len(self._plan.failures)
        files_per_s = n_done / max(time.monotonic() - self._started_s, 1e-6)
        reading = next(iter(self._reading.values()), None)
        return Progress(
            phase="indexing",
            n_found=self._plan.n_found,
            n_unchanged=self._plan.n_unchanged,
            n_todo=n_todo,
            n_done=n_done,
            n_failed=self._n_failed,
            n_segments=self._n_segments,
            files_per_s=files_per_s,
            eta_s=(n_todo - n_done) / files_per_s if n_done else None,
            current=os.fspath(reading.owners[0].path) if reading else "",
            waiting=tuple(self._waiting.items()),
        )

    def _report(self, *, stopped: bool) -> IndexReport:
        return IndexReport(
            n_found=self._plan.n_found,
            n_unchanged=self._plan.n_unchanged,
            n_indexed=self._n_indexed,
            n_reused=self._n_reused,
            n_removed=0 if stopped else len(self._plan.removed),
            n_failed=self._n_failed,
            n_offline=sum(missing.n_missing for missing in self._plan.missing),
            n_segments=self._n_segments,
            elapsed_s=time.monotonic() - self._started_s,
            stopped=stopped,
            notes=tuple(map(_note, self._plan.missing)),
            missing=tuple(self._plan.missing),
        )


def _note(missing: MissingFiles) -> str:
    return (
        f"{missing.n_missing} of {missing.n_known} files of {missing.path} are gone. They stay in "
        "the library, in case a drive is missing; to forget them: mmsearch index --forget-missing"
    )
