"""Gets a model of the catalogue from the hub, when somebody asks for it and not before."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from mmsearch.encode.models.adding import SPARE_BYTES, Say, add_model
from mmsearch.encode.models.download import (
    HubFile,
    NetworkError,
    OpenUrl,
    download,
    open_url,
    read_url,
    size_at,
)
from mmsearch.encode.models.folder import file_in, folder_of, staging_folder
from mmsearch.encode.models.known import HUB, KnownModel
from mmsearch.encode.models.record import ModelRecord
from mmsearch.errors import ModelError

GetProgress = Callable[[int, int], None]
"""Told how many bytes of how many of the whole model are there."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What the hub has of a model."""

    commit: str
    licence: str
    files: tuple[HubFile, ...]
    """Those that are wanted."""

    @property
    def size_bytes(self) -> int:
        """Of all files together."""
        return sum(file.size_bytes for file in self.files)


def get_model(
    known: KnownModel,
    *,
    opened: OpenUrl = open_url,
    say: Say = lambda text: None,
    progress: GetProgress = lambda there, size: None,
    stop: Callable[[], bool] = lambda: False,
) -> ModelRecord:
    """Download a model, check every file against the hub's own checksums, and install it.

    What an interrupted download brought is kept and gone on from. Raises ModelError; when the hub
    cannot be reached, its hint says which files to bring by other means.
    """
    if known.refused:
        raise ModelError(f"{known.name} cannot be had: {known.refused}", known.page)
    if folder_of(known.id).exists():
        raise ModelError(f"The model {known.id!r} is installed already.")
    try:
        listing = list_files(known, opened=opened)
        staging = _roomy_staging(known, listing)
        _fetch(listing, staging, opened, say, progress, stop)
    except NetworkError as error:
        raise NetworkError(error.message, by_hand(known)) from error
    known = replace(known, licence=known.licence or listing.licence)
    record = add_model(
        staging,
        model_id=known.id,
        known=known,
        source=known.weights_url or f"{known.page}/tree/{listing.commit}",
        linked=True,
        say=say,
    )
    shutil.rmtree(staging, ignore_errors=True)
    return record


def _fetch(
    listing: Listing,
    staging: Path,
    opened: OpenUrl,
    say: Say,
    progress: GetProgress,
    stop: Callable[[], bool],
) -> None:
    before = 0
    for file in listing.files:
        say(f"{file.name} ({file.size_bytes / 1e6:,.1f} MB)")

        def show(there: int, _size: int, before: int = before) -> None:
            progress(before + there, listing.size_bytes)

        target = file_in(staging, file.name)
        download(file, target, opened=opened, progress=show, stop=stop)
        before += file.size_bytes


def by_hand(known: KnownModel) -> str:
    """Which files to fetch, from where, and what to do with them."""
    files = ", ".join(name.replace("|", " or ") for name in known.files)
    if known.weights_url:
        files += f", and {known.weights_url}"
    extra = f" (and, if there, {', '.join(known.extra_files)})" if known.extra_files else ""
    return (
        f"You can also fetch these files on another computer from {HUB}/{known.repository}/tree/"
        f"{known.revision} into one folder: {files}{extra}; then run: "
        f"mmsearch models add FOLDER --id {known.id}"
    )


def list_files(known: KnownModel, *, opened: OpenUrl = open_url) -> Listing:
    """Ask the hub for the files of a model, with their sizes and checksums."""
    hub = os.environ.get("HF_ENDPOINT", HUB).rstrip("/")
    revision = quote(known.revision, safe="")
    url = f"{hub}/api/models/{known.repository}/revision/{revision}?blobs=true"
    try:
        content = json.loads(read_url(url, opened=opened))
        commit = str(content["sha"])
        rows = {str(row["rfilename"]): row for row in content["siblings"]}
        licence = str((content.get("cardData") or {}).get("license") or "")
        base = f"{hub}/{known.repository}/resolve/{quote(commit, safe='')}"
        names = _wanted(known, set(rows))
        files = tuple(_hub_file(rows[name], name, base) for name in names)
        files += _elsewhere(known, opened)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NetworkError(f"The hub's answer to {url} is not understood: {error}.") from error
    return Listing(commit, licence, files)


def _elsewhere(known: KnownModel, opened: OpenUrl) -> tuple[HubFile, ...]:
    """The weights where they are not on the hub; nobody tells their checksum."""
    if not known.weights_url:
        return ()
    size_bytes = size_at(known.weights_url, opened=opened)
    return (HubFile(known.own_file, known.weights_url, size_bytes, is_vouched=False),)


def _wanted(known: KnownModel, there: set[str]) -> list[str]:
    names: list[str] = []
    for wanted in known.files:
        found = next((name for name in wanted.split("|") if name in there), None)
        if found is None:
            raise ModelError(f"The hub's page of {known.name} has no {wanted}.", known.page)
        names.append(found)
    return names + [name for name in known.extra_files if name in there]


def _hub_file(row: dict[str, Any], name: str, base: str) -> HubFile:
    large = row.get("lfs") or {}
    return HubFile(
        name=name,
        url=f"{base}/{quote(name)}",
        size_bytes=int(large.get("size") or row["size"]),
        sha256=str(large.get("sha256") or ""),
        git_sha1=str(row.get("blobId") or ""),
    )


def _roomy_staging(known: KnownModel, listing: Listing) -> Path:
    """The folder where the files are collected, on a disk that has room for them."""
    staging = staging_folder(f"get-{known.id}")
    there = sum(path.stat().st_size for path in staging.rglob("*") if path.is_file())
    free_bytes = shutil.disk_usage(staging).free
    needed_bytes = listing.size_bytes - there
    if free_bytes < needed_bytes + SPARE_BYTES:
        raise ModelError(
            f"{known.name} needs {needed_bytes / 1e6:,.0f} MB, and {staging} has "
            f"{free_bytes / 1e6:,.0f} MB left.",
            "Make room, or let MMSEARCH_MODELS name a folder on another disk.",
        )
    return staging
