"""Reads the tensors of an old-format torch file without torch and without trusting it.

Such a file is a row of pickles (magic number, protocol, system information, the state dict, the
keys of the storages) followed by the raw storages. A pickle can run any code, so only the names
below are understood, each as a function of our own; everything else is refused. The caller has
verified the sha256 before.
"""

from __future__ import annotations

import pickle
from collections import OrderedDict
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

import numpy as np
from numpy.typing import NDArray

from mmsearch.errors import ModelError

_MAGIC = 0x1950A86A20F9469CFC6C
_PROTOCOL = 1001
_STORAGES = {"FloatStorage": np.dtype("<f4"), "LongStorage": np.dtype("<i8")}

# What the standard unpickler raises when it meets nonsense.
_GARBLED = (ValueError, TypeError, LookupError, AttributeError, MemoryError, OverflowError)

Tensors = dict[str, NDArray[Any]]


class _Storage:
    """A stretch of numbers that is filled in after the pickles have been read."""

    def __init__(self, dtype: np.dtype[Any], n_element: int) -> None:
        self.numbers = np.zeros(n_element, dtype)


def _rebuild_tensor(
    storage: _Storage,
    offset: int,
    shape: tuple[int, ...],
    stride: tuple[int, ...],
    *_gradient: object,
) -> NDArray[Any]:
    """Stand in for torch._utils._rebuild_tensor_v2: a view of the storage."""
    last = offset + sum((n - 1) * step for n, step in zip(shape, stride, strict=True))
    if not isinstance(storage, _Storage) or offset < 0 or min((*stride, 0)) < 0:
        raise pickle.UnpicklingError("a tensor is not a view of a known storage")
    if last >= len(storage.numbers) and 0 not in shape:
        raise pickle.UnpicklingError("a tensor reaches beyond its storage")
    steps = tuple(step * storage.numbers.itemsize for step in stride)
    return np.lib.stride_tricks.as_strided(storage.numbers[offset:], shape, steps)


class _Unpickler(pickle.Unpickler):
    """Knows ordered dicts, tensors and two sorts of storage, and nothing else."""

    def __init__(self, file: BinaryIO, storages: dict[str, _Storage]) -> None:
        super().__init__(file)
        self._storages = storages

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("collections", "OrderedDict"):
            return OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return _rebuild_tensor
        if module == "torch" and name in _STORAGES:
            return _STORAGES[name]
        raise pickle.UnpicklingError(f"{module}.{name} is not allowed")

    def persistent_load(self, pid: Any) -> _Storage:
        kind, dtype, key, _device, n_element, view = pid
        if kind != "storage" or view is not None or dtype not in _STORAGES.values():
            raise pickle.UnpicklingError(f"unknown storage {pid!r}")
        return self._storages.setdefault(key, _Storage(dtype, n_element))


def read_torch_file(path: Path) -> Tensors:
    """Return the state dict in the file's order; raises ModelError when it is anything else."""
    try:
        with path.open("rb") as file:
            return _read(file)
    except OSError as error:
        raise ModelError(f"{path} cannot be read: {error.strerror}.") from error
    except (pickle.UnpicklingError, EOFError, *_GARBLED) as error:
        raise ModelError(f"{path} is not a plain file of weights: {error}.") from error


def _read(file: BinaryIO) -> Tensors:
    storages: dict[str, _Storage] = {}

    def load() -> Any:
        return _Unpickler(file, storages).load()

    if load() != _MAGIC or load() != _PROTOCOL:
        _refuse("it does not begin like an old-format torch file")
    load()  # system information: sizes and byte order of the machine that wrote it
    tensors = load()
    for key in load():
        if key not in storages:
            _refuse("it names a storage that no tensor uses")
        _fill(storages[key].numbers, file)
    return dict(tensors)


def _fill(numbers: NDArray[Any], file: BinaryIO) -> None:
    """Read one storage: its length as int64, then the numbers."""
    n_element = int.from_bytes(file.read(8), "little")
    data = file.read(numbers.nbytes)
    if n_element != len(numbers) or len(data) != numbers.nbytes:
        _refuse("a storage is cut short")
    numbers[:] = np.frombuffer(data, numbers.dtype)


def _refuse(reason: str) -> NoReturn:
    raise pickle.UnpicklingError(reason)
