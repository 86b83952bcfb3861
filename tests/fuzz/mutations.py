"""Ways to break a file, as disks, downloads and hostile people do."""

from __future__ import annotations

import random
import struct
from collections.abc import Callable, Sequence

_NASTY = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)


def mutate(chance: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """Return ``data`` with one to four things broken; ``others`` are files to mix it with."""
    broken = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        chance.choice(_WAYS)(chance, broken, others)
    return bytes(broken)


Way = Callable[[random.Random, bytearray, Sequence[bytes]], None]


def _flip_bits(chance: random.Random, data: bytearray, others: Sequence[bytes]) -> None:
    for _ in range(chance.choice((1, 2, 8, 64))):
        if data:
            data[_place(chance, data)] ^= 1 << chance.randrange(8)


def _truncate(chance: random.Random, data: bytearray, others: Sequence[bytes]) -> None:
    del data[chance.randrange(len(data) + 1) :]


def _lie_about_a_number(chance: random.Random, data: bytearray, others: Sequence[bytes]) -> None:
    """Sizes, counts and offsets are what decoders trust too often."""
    size = chance.choice((1, 2, 4, 8))
    number = chance.choice(_NASTY) & ((1 << 8 * size) - 1)
    layout = chance.choice("<>") + {1: "B", 2: "H", 4: "I", 8: "Q"}[size]
    at = _place(chance, data)
    data[at : at + size] = struct.pack(layout, number)


def _repeat_a_piece(chance: random.Random, data: bytearray, others: Sequence[bytes]) -> None:
    at, length = _place(chance, data), chance.choice((1, 16, 256, 4096))
    data[at:at] = data[at : at + length] * chance.choice((1, 2, 20))


def _remove_a_piece(chance: random.Random, data: bytearray, others: Sequence[bytes]) -> None:
    at = _place(chance, data)
    del data[at : at + chance.choice((1, 4, 64, 1024))]


def _blank_a_piece(chance: random.Random, data: bytearray, others: Sequence[bytes]) -> None:
    at, length = _place(chance, data), chance.choice((4, 64, 512))
    data[at : at + length] = bytes(min(length, len(data) - at))


def _mix_in_another(chance: random.Random, data: bytearray, others: Sequence[bytes]) -> None:
    other = chance.choice(others)
    at, length = chance.randrange(len(other) + 1), chance.choice((16, 256, 4096))
    piece = other[at : at + length]
    place = _place(chance, data)
    data[place : place + len(piece)] = piece


def _place(chance: random.Random, data: bytearray) -> int:
    """Half of the time near the start, where the headers are."""
    end = len(data) if chance.random() < 0.5 else min(len(data), 256)
    return chance.randrange(end) if end else 0


_WAYS: tuple[Way, ...] = (
    _flip_bits,
    _truncate,
    _lie_about_a_number,
    _repeat_a_piece,
    _remove_a_piece,
    _blank_a_piece,
    _mix_in_another,
)
