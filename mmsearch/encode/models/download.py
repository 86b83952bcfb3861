"""Fetches files so that an interruption costs only the rest, and only what is right counts."""

from __future__ import annotations

import hashlib
import http.client
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from mmsearch.errors import ModelError

PART = ".part"
_BLOCK_BYTES = 1024 * 1024
_TIMEOUT_S = 30
_TRIES = 4
_NETWORK = (OSError, http.client.HTTPException, ValueError)
"""What urllib raises for all that can happen on the way."""


class Response(Protocol):
    """The part of an answer over HTTP that is used."""

    status: int

    @property
    def headers(self) -> Any:
        """The answer's headers, with ``get``."""
        ...

    def read(self, amount: int = -1, /) -> bytes:
        """The next bytes; none at the end."""
        ...


OpenUrl = Callable[[str, Mapping[str, str]], AbstractContextManager[Response]]
"""Opens a URL with request headers. Raises OSError; HTTPError for an answer that is none."""
Progress = Callable[[int, int], None]
"""Told how many bytes of how many are there."""


class NetworkError(ModelError):
    """The hub could not be reached, or not all of a file arrived."""


class Stopped(ModelError):
    """The user stopped a download; what arrived stays for the next time."""


@dataclass(frozen=True, slots=True)
class HubFile:
    """A file of the hub, as its listing describes it."""

    name: str
    url: str
    size_bytes: int
    sha256: str = ""
    """Of large files."""
    git_sha1: str = ""
    """Of small files, as git counts it."""
    is_vouched: bool = True
    """False where nobody tells its checksum: only its size is known."""


def open_url(url: str, headers: Mapping[str, str]) -> AbstractContextManager[Response]:
    """Open a URL of the web, by https only."""
    if not url.startswith("https://"):
        raise NetworkError(f"{url} is no https address.")
    request = urllib.request.Request(url, headers={"User-Agent": "mmsearch", **headers})
    opened: AbstractContextManager[Response] = urllib.request.urlopen(request, timeout=_TIMEOUT_S)
    return opened


def download(
    file: HubFile,
    target: Path,
    *,
    opened: OpenUrl = open_url,
    progress: Progress = lambda there, size: None,
    stop: Callable[[], bool] = lambda: False,
) -> None:
    """Fetch a file to ``target``, going on where an earlier try broke off.

    Raises NetworkError, Stopped, or ModelError for a full disk or a file that is not as described;
    then ``target`` does not exist, and what arrived of it is kept unless it is wrong.
    """
    if target.is_file() and _is_right(target, file):
        return
    part = target.with_name(target.name + PART)
    for attempt in range(_TRIES):
        before = _size(part)
        try:
            _fetch_rest(file, part, opened, progress, stop)
        except NetworkError:
            if attempt == _TRIES - 1 or _size(part) == before:
                raise
        if _size(part) >= file.size_bytes:
            break
    _finish(file, part, target)


def _fetch_rest(
    file: HubFile, part: Path, opened: OpenUrl, progress: Progress, stop: Callable[[], bool]
) -> None:
    start = _size(part)
    if start > file.size_bytes:
        part.unlink()
        start = 0
    if start == file.size_bytes:
        return
    headers = {"Range": f"bytes={start}-"} if start else {}
    with _answer(file.url, headers, opened) as answer:
        goes_on = answer.status == 206
        there = start if goes_on else 0
        with _writing(part), part.open("ab" if goes_on else "wb") as written:
            for block in _blocks(answer, file, there):
                written.write(block)
                there += len(block)
                progress(there, file.size_bytes)
                if stop():
                    raise Stopped(f"Stopped after {there / 1e6:,.0f} MB of {file.name}.")


@contextmanager
def _answer(url: str, headers: Mapping[str, str], opened: OpenUrl) -> Iterator[Response]:
    """The answer to a request; raises NetworkError in words for whatever went wrong."""
    try:
        context = opened(url, headers)
        answer = context.__enter__()
    except urllib.error.HTTPError as error:
        with error:
            raise NetworkError(_status_words(error.code, url)) from error
    except _NETWORK as error:
        reason = getattr(error, "reason", None) or error
        raise NetworkError(f"The hub cannot be reached: {reason}.") from error
    try:
        yield answer
    finally:
        context.__exit__(None, None, None)


def _blocks(answer: Response, file: HubFile, there: int) -> Iterator[bytes]:
    """The bytes as they arrive, no more than were announced."""
    while True:
        try:
            block = answer.read(_BLOCK_BYTES)
        except _NETWORK as error:
            message = f"The connection broke after {there / 1e6:,.0f} MB of {file.name}: {error}."
            raise NetworkError(message, "Try again: it goes on from there.") from error
        if not block:
            return
        there += len(block)
        if there > file.size_bytes:
            raise ModelError(f"{file.name} is larger than the hub said; it was not taken.")
        yield block


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ModelError(f"{path} cannot be written: {reason}.", "Make room and try again: what "
                         "has arrived stays.") from error  # fmt: skip


def _finish(file: HubFile, part: Path, target: Path) -> None:
    n_there = _size(part)
    if n_there < file.size_bytes:
        message = f"Only {n_there:,} of {file.size_bytes:,} bytes of {file.name} arrived."
        raise NetworkError(message, "Try again: it goes on from there.")
    if not _is_right(part, file):
        part.unlink(missing_ok=True)
        raise ModelError(
            f"{file.name} arrived, but is not what the hub described (wrong checksum).",
            "It was deleted. Try again.",
        )
    part.replace(target)


def _is_right(path: Path, file: HubFile) -> bool:
    """Whether size and checksum are those of the listing."""
    if _size(path) != file.size_bytes:
        return False
    if not file.is_vouched:
        return True
    with path.open("rb") as content:
        if file.sha256:
            return hashlib.file_digest(content, "sha256").hexdigest() == file.sha256
        if not file.git_sha1:
            return False
        head = f"blob {file.size_bytes}\0".encode()
        return hashlib.sha1(head + content.read(), usedforsecurity=False).hexdigest() == (
            file.git_sha1
        )


def read_url(url: str, *, opened: OpenUrl = open_url, most_bytes: int = 8 * 1024**2) -> bytes:
    """A small answer as a whole. Raises NetworkError."""
    with _answer(url, {}, opened) as answer:
        try:
            content = answer.read(most_bytes + 1)
        except _NETWORK as error:
            raise NetworkError(f"The hub cannot be reached: {error}.") from error
    if len(content) > most_bytes:
        raise NetworkError(f"The answer of {url} is too long.")
    return content


def size_at(url: str, *, opened: OpenUrl = open_url) -> int:
    """How many bytes lie at an address, without fetching them. Raises NetworkError."""
    with _answer(url, {"Range": "bytes=0-0"}, opened) as answer:
        whole = str(answer.headers.get("Content-Range") or "").rpartition("/")[2]
        said = whole if answer.status == 206 else answer.headers.get("Content-Length")
    try:
        return int(said or "")
    except ValueError as error:
        raise NetworkError(f"{url} does not say how large it is.") from error


def _status_words(status: int, url: str) -> str:
    match status:
        case 401 | 403:
            return f"The hub wants you to log in and accept a licence first: {url}"
        case 404:
            return f"The hub has no {url}"
        case _:
            return f"The hub answered with an error ({status}) to {url}"


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
