"""The small shared modules: registry, errors, types, the package itself."""

from __future__ import annotations

import pickle
import subprocess
import sys

import pytest

from mmsearch.errors import FailureKind, UnreadableFileError, UserError
from mmsearch.installed import shipped_path
from mmsearch.registry import Registry
from mmsearch.types import LineRange, TimeRange, locator_to_json


def test_a_registry_suggests_near_names() -> None:
    registry: Registry[int] = Registry("normaliser")
    registry.register("csls")(1)
    registry.register("none")(2)

    assert registry.get("csls") == 1
    assert list(registry) == ["csls", "none"]
    with pytest.raises(UserError, match="no normaliser called 'cls'") as near:
        registry.get("cls")
    assert near.value.hint == "Did you mean csls?"
    with pytest.raises(UserError) as far:
        registry.get("xyz")
    assert far.value.hint == "Known: csls, none."
    with pytest.raises(ValueError, match="twice"):
        registry.register("csls")(3)


def test_an_unreadable_file_keeps_its_kind_between_processes() -> None:
    error = UnreadableFileError(FailureKind.TIMEOUT, "too slow", "wait")
    copy = pickle.loads(pickle.dumps(error))
    assert (copy.kind, copy.message, copy.hint) == (FailureKind.TIMEOUT, "too slow", "wait")


def test_locators_as_json() -> None:
    assert locator_to_json(TimeRange(1.23456, 2)) == {"start_s": 1.235, "end_s": 2}
    assert locator_to_json(LineRange(3, 4)) == {"first_line": 3, "last_line": 4}
    assert locator_to_json(None) is None


def test_shipped_files_are_found() -> None:
    assert shipped_path("models", "catalog.toml").is_file()


@pytest.mark.parametrize(
    ("statement", "unwanted"),
    [
        ("import mmsearch", ["numpy", "click"]),
        ("import mmsearch.library", ["lancedb", "pyarrow", "torch", "av", "librosa", "PySide6"]),
        ("import mmsearch.cli.search_command", ["onnx", "onnxruntime", "PIL.Image", "rich"]),
    ],
)
def test_importing_loads_nothing_heavy(statement: str, unwanted: list[str]) -> None:
    code = f"import sys; {statement}; print([name for name in {unwanted} if name in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
