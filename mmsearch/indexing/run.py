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
from mmsearch.indexing.batches import Batches, Waiting
from mmsearch.indexing.pace import Laps
from mmsearch.indexing.plan import Plan, Todo, known_assets
from mmsearch.media.language import language_of
from mmsearch.scan.content import content_hash
from mmsearch.scan.ignore import IgnoreRules
from mmsearch.settings import Settings
from mmsearch.store.records import FAILED, INDEXED, AssetRecord, metadata_to_json
from mmsearch.store.store import Store
from mmsearch.types import IndexReport, Metadata, Modality, Progress, Samples, Segment

_COMMIT_EVERY_S = 2.0
_COMMIT_EVERY_SEGMENTS = 256
_PROGRESS_EVERY_S = 1 / 30
_LOOK_UP_EVERY_S = 0.25
"""How often a run looks whether it should stop or commit while a long film is decoded."""


@dataclass(frozen=True, slots=True)
class IndexOptions:
    """What one run is asked to do."""

    settings: Settings = field(default_factory=Settings)
    retry_failed: bool = False
    """Try files again that could not be read, although they have not changed."""
    retry: frozenset[str] = frozenset()
    """Single assets to try again in the same way."""
    ignored: frozenset[str] = frozenset()
    """Unreadable assets to leave alone."""
    forget_missing: frozenset[str] = frozenset()
    """Roots whose vanished files are forgotten even where so many are gone that a drive may be
    missing."""
    stop: Callable[[], bool] = lambda: False
    """Asked often; True ends the run, with everything done so far kept."""


@dataclass(slots=True)
class _Content:
    """A file being read, with the other files of the same content that wait for it."""

    content_id: str
    owners: list[Todo]
    metadata: Metadata = field(default_factory=Metadata)
    n_segments: int = 0
    n_encoded: int = 0
    finished: bool = False

    @property
    def complete(self) -> bool:
        return self.finished and self.n_encoded == self.n_segments


class IndexRun:
    """Brings the library up to date with the disk. Use once: ``report = yield from run.steps()``.

    ``roots`` are the folders that are there: (root id, path, paths to leave out because they are
    roots of their own). The store must be in a writing session.
    """

    def __init__(
        self,
        store: Store,
        encoder: Encoder,
        roots: Iterable[tuple[str, Path, tuple[Path, ...]]],
        options: IndexOptions,
    ) -> None:
        self._store = store
        self._roots = list(roots)
        self._options = options
        self._space = encoder.spec.space
        self._plan = Plan(
            self._space,
            retry_failed=options.retry_failed,
            retry=options.retry,
            ignored=options.ignored,
            forget_missing=options.forget_missing,
        )
        self._decode_options = DecodeOptions(image_px=encoder.spec.image_px)
        self._batches = Batches(encoder)
        self._known: dict[str, AssetRecord] = {}
        self._stored: dict[str, AssetRecord] = {}
        self._reading: dict[str, _Content] = {}
        self._assets: list[AssetRecord] = []
        self._waiting: Counter[str] = Counter()
        self.laps = Laps()
        """How long what was read has taken, against what was to be expected."""
        self._progress = Progress("scanning")
        self._started_s = self._shown_s = self._committed_s = time.monotonic()
        self._n_reused = self._n_indexed = self._n_failed = self._n_segments = 0

    def steps(self) -> Generator[Progress, None, IndexReport]:
        """Do the work while being iterated; the return value says what was done."""
        yield from self._scan()
        stopped = yield from self._index()
        yield replace(self._progress, phase="finishing", current="")
        self._commit()
        if not stopped:
            self._store_removals()
        return self._report(stopped=stopped)

    def _scan(self) -> Iterator[Progress]:
        yield self._progress
        self._store.forget_wordless(root_id for root_id, _, _ in self._roots)
        self._known = known_assets(self._store.assets())
        # With twenty copies of a file, any one of them can hand over its vectors.
        self._stored = {
            asset.content_id: asset
            for asset in self._known.values()
            if asset.status == INDEXED and asset.space == self._space
        }
        for root_id, path, inner_roots in self._roots:
            rules = IgnoreRules(
                self._options.settings.ignore,
                excluded=(self._store.folder, *inner_roots),
            )
            for n_found in self._plan.scan_root(root_id, path, rules, self._known):
                yield replace(self._progress, n_found=n_found, current=str(path))
                if self._options.stop():
                    return

    def _index(self) -> Generator[Progress, None, bool]:
        """Decode and encode what is to do; returns whether it was stopped."""
        self._started_s = time.monotonic()
        self._waiting = Counter({root_id: 0 for root_id, _, _ in self._roots})
        self._waiting.update(todo.root_id for todo in self._plan.todo)
        for failure in self._plan.failures:
            self._keep_failure(failure)
        for message in self._messages():
            self._take(message)
            self._commit_if_due()
            yield from self._show()
            if self._options.stop():
                break
        self._count_encoded(self._batches.flush())
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
            try:
                for item in decode_file(job.path, job.modality, self._decode_options):
                    yield Decoded(job.key, item)
                yield Finished(job.key)
            except UnreadableFileError as error:
                yield Failed(job.key, error)

    def _jobs(self) -> Iterator[DecodeJob]:
        """Files that must be read; those whose content is known are done at once."""
        for todo in self._plan.todo:
            if self._options.stop():
                return
            try:
                content_id = _content_id(todo)
            except UnreadableFileError as error:
                self._fail(todo, "", error)
                continue
            if content_id in self._stored:
                self._reuse(todo, self._stored[content_id])
            elif content_id in self._reading:
                self._reading[content_id].owners.append(todo)
            else:
                self._reading[content_id] = _Content(content_id, [todo])
                yield DecodeJob(content_id, todo.found.path, todo.found.modality)

    def _take(self, message: Message) -> None:
        if isinstance(message, Idle):
            return
        content = self._reading[message.key]
        match message:
            case Decoded(_, Segment() as segment):
                kind = _tower(content.owners[0].found.modality, segment)
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

    def _keep_if_complete(self, content: _Content) -> None:
        if not content.complete or content.content_id not in self._reading:
            return
        del self._reading[content.content_id]
        self.laps.read(content.owners[0].found.modality, content.owners[0].found.stamp.size_bytes)
        for todo in content.owners:
            self._keep(todo, content.content_id, content.metadata)
        self._stored[content.content_id] = self._assets[-1]

    def _keep(self, todo: Todo, content_id: str, metadata: Metadata) -> None:
        self._n_indexed += 1
        self._waiting[todo.root_id] -= 1
        self._assets.append(
            replace(
                _record(todo, content_id),
                taken_at=metadata.taken_at or "",
                metadata=metadata_to_json(metadata),
                space=self._space,
            )
        )

    def _reuse(self, todo: Todo, twin: AssetRecord) -> None:
        """A moved or copied file takes over the vectors and metadata of its twin."""
        self._n_reused += 1
        self._waiting[todo.root_id] -= 1
        self._assets.append(
            replace(
                _record(todo, twin.content_id),
                taken_at=twin.taken_at,
                metadata=twin.metadata,
                space=self._space,
            )
        )

    def _fail(self, todo: Todo, content_id: str, error: UnreadableFileError) -> None:
        self._waiting[todo.root_id] -= 1
        self._keep_failure(
            replace(
                _record(todo, content_id),
                status=FAILED,
                failure_kind=error.kind.value,
                reason=error.message,
                hint=error.hint,
            )
        )

    def _keep_failure(self, record: AssetRecord) -> None:
        self._n_failed += 1
        self._assets.append(record)

    def _commit_if_due(self) -> None:
        waited_s = time.monotonic() - self._committed_s
        if len(self._batches.encoded) >= _COMMIT_EVERY_SEGMENTS or waited_s > _COMMIT_EVERY_S:
            # What waits for a full batch must not wait longer than a commit.
            self._count_encoded(self._batches.flush())
            self._commit()

    def _commit(self) -> None:
        segments, assets = self._batches.take_encoded(), self._assets
        self._assets = []
        if segments or assets:
            self._store.commit(assets, segments)
        self._committed_s = time.monotonic()
        self.laps.end()

    def _store_removals(self) -> None:
        if self._plan.removed:
            self._store.delete_assets(self._plan.removed)

    def _show(self) -> Iterator[Progress]:
        now_s = time.monotonic()
        if now_s - self._shown_s < _PROGRESS_EVERY_S:
            return
        self._shown_s = now_s
        n_done = self._n_indexed + self._n_reused + self._n_failed
        n_todo = len(self._plan.todo) + len(self._plan.failures)
        files_per_s = n_done / max(now_s - self._started_s, 1e-6)
        reading = next(iter(self._reading.values()), None)
        self._progress = Progress(
            phase="indexing",
            n_found=self._plan.n_found,
            n_unchanged=self._plan.n_unchanged,
            n_todo=n_todo,
            n_done=n_done,
            n_failed=self._n_failed,
            n_segments=self._n_segments,
            files_per_s=files_per_s,
            eta_s=(n_todo - n_done) / files_per_s if n_done else None,
            current=os.fspath(reading.owners[0].found.path) if reading else "",
            waiting=tuple(self._waiting.items()),
        )
        yield self._progress

    def _report(self, *, stopped: bool) -> IndexReport:
        return IndexReport(
            n_found=self._plan.n_found,
            n_unchanged=self._plan.n_unchanged,
            n_indexed=self._n_indexed,
            n_reused=self._n_reused,
            n_removed=0 if stopped else len(self._plan.removed),
            n_failed=self._n_failed,
            n_offline=self._plan.n_offline,
            n_segments=self._n_segments,
            elapsed_s=time.monotonic() - self._started_s,
            stopped=stopped,
            notes=tuple(self._plan.notes),
            missing=tuple(self._plan.missing),
        )


def _content_id(todo: Todo) -> str:
    """What the file contains and how it is read: the same bytes under another name are the same.

    For text the language belongs to it, because the same bytes are cut differently as another
    language.
    """
    found = todo.found
    language = language_of(found.path) if found.modality is Modality.CODE else ""
    return f"{found.modality.value}:{language}:{content_hash(found.path)}"


def _tower(modality: Modality, segment: Segment) -> Modality:
    """The sound track of a film goes to the tower for sound."""
    return Modality.AUDIO if isinstance(segment.content, Samples) else modality


def _record(todo: Todo, content_id: str) -> AssetRecord:
    found = todo.found
    return AssetRecord(
        asset_id=todo.asset_id,
        root_id=todo.root_id,
        relative_path=found.relative_path,
        modality=found.modality.value,
        size_bytes=found.stamp.size_bytes,
        mtime_ns=found.stamp.mtime_ns,
        content_id=content_id,
        status=INDEXED,
    )
