"""The rows of files: what became of them, as it is stored."""

from __future__ import annotations

from dataclasses import replace

from mmsearch.errors import UnreadableFileError
from mmsearch.indexing.todo_list import Todo
from mmsearch.media.language import language_of
from mmsearch.scan.content import content_hash
from mmsearch.store.records import FAILED, INDEXED, AssetRecord, metadata_to_json
from mmsearch.types import Metadata, Modality


def content_id_of(todo: Todo) -> str:
    """What the file contains and how it is read: the same bytes under another name are the same.

    For text the language belongs to it, because the same bytes are cut differently as another
    language. Raises UnreadableFileError.
    """
    language = language_of(todo.path) if todo.modality is Modality.CODE else ""
    return f"{todo.modality.value}:{language}:{content_hash(todo.path)}"


def indexed_row(todo: Todo, content_id: str, metadata: Metadata, space: str) -> AssetRecord:
    """A file that was read and encoded."""
    return replace(
        _row(todo, content_id),
        taken_at=metadata.taken_at or "",
        metadata=metadata_to_json(metadata),
        space=space,
    )


def reused_row(todo: Todo, twin: AssetRecord) -> AssetRecord:
    """A moved or copied file, which takes over the vectors and metadata of its twin."""
    return replace(
        _row(todo, twin.content_id),
        taken_at=twin.taken_at,
        metadata=twin.metadata,
        space=twin.space,
    )


def failed_row(todo: Todo, content_id: str, error: UnreadableFileError) -> AssetRecord:
    """A file that could not be read; ``content_id`` is empty where not even that is known."""
    return replace(
        _row(todo, content_id),
        status=FAILED,
        failure_kind=error.kind.value,
        reason=error.message,
        hint=error.hint,
    )


def _row(todo: Todo, content_id: str) -> AssetRecord:
    return AssetRecord(
        asset_id=todo.asset_id,
        root_id=todo.root_id,
        relative_path=todo.relative_path,
        modality=todo.modality.value,
        size_bytes=todo.stamp.size_bytes,
        mtime_ns=todo.stamp.mtime_ns,
        content_id=content_id,
        status=INDEXED,
    )
