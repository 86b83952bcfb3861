"""A hub without a network: answers the requests that mmsearch makes, and can break off."""

from __future__ import annotations

import email.message
import hashlib
import io
import json
import urllib.error
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@dataclass
class FakeAnswer:
    status: int
    content: io.BytesIO
    headers: Mapping[str, str] = field(default_factory=dict)
    breaks_after: int | None = None

    def read(self, amount: int = -1, /) -> bytes:
        if self.breaks_after is None:
            return self.content.read(amount)
        if self.breaks_after == 0:
            raise ConnectionResetError("the line went dead")
        block = self.content.read(min(amount, self.breaks_after))
        self.breaks_after -= len(block)
        return block


@dataclass
class FakeHub:
    """Files by name. ``breaks_after`` is how many bytes each answer brings before it breaks."""

    repository: str
    files: dict[str, bytes]
    large: frozenset[str] = frozenset()
    breaks_after: int | None = None
    ranges: bool = True
    status: int = 200
    licence: str = "mit"
    elsewhere: dict[str, bytes] = field(default_factory=dict)
    """What lies at other addresses."""
    asked: list[tuple[str, str]] = field(default_factory=list)
    """(url, range) of each request."""

    @contextmanager
    def __call__(self, url: str, headers: Mapping[str, str]) -> Iterator[FakeAnswer]:
        wanted = headers.get("Range", "")
        self.asked.append((url, wanted))
        if self.status != 200:
            raise urllib.error.HTTPError(url, self.status, "", email.message.Message(), None)
        if "/api/models/" in url:
            yield FakeAnswer(200, io.BytesIO(json.dumps(self.listing()).encode()))
            return
        if "/resolve/" in url:
            name = url.partition(f"/{self.repository}/resolve/{COMMIT}/")[2]
            content = self.files[name]
        else:
            content = self.elsewhere.get(url, b"")
        if wanted == "bytes=0-0":
            yield self._size_of(content)
            return
        start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and self.ranges else 0
        status = 206 if start else 200
        yield FakeAnswer(status, io.BytesIO(content[start:]), {}, self.breaks_after)

    def _size_of(self, content: bytes) -> FakeAnswer:
        """What a server answers to the question for one byte: whether or not it does ranges."""
        if not content:
            return FakeAnswer(200, io.BytesIO())
        if self.ranges:
            there = {"Content-Range": f"bytes 0-0/{len(content)}"}
            return FakeAnswer(206, io.BytesIO(content[:1]), there)
        return FakeAnswer(200, io.BytesIO(content), {"Content-Length": str(len(content))})

    def listing(self) -> dict[str, object]:
        rows: list[dict[str, object]] = []
        for name, content in self.files.items():
            head = f"blob {len(content)}\0".encode()
            row: dict[str, object] = {
                "rfilename": name,
                "size": len(content),
                "blobId": hashlib.sha1(head + content).hexdigest(),
            }
            if name in self.large:
                digest = hashlib.sha256(content).hexdigest()
                row["lfs"] = {"sha256": digest, "size": len(content)}
            rows.append(row)
        return {"sha": COMMIT, "siblings": rows, "cardData": {"license": self.licence}}
