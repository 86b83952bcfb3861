"""Sessions: threads, and one clear error for what is no model."""

from __future__ import annotations

from pathlib import Path

import pytest

from mmsearch.encode.session import n_usable_cores, open_session, session_options
from mmsearch.errors import ModelError


def test_all_usable_cores_unless_told() -> None:
    assert session_options().intra_op_num_threads == n_usable_cores() >= 1
    assert session_options(n_threads=3).intra_op_num_threads == 3


def test_idle_threads_sleep() -> None:
    options = session_options()
    assert options.get_session_config_entry("session.intra_op.allow_spinning") == "0"


@pytest.mark.parametrize(
    "content", [b"", b"no model at all", b"\x08\x0a" * 50], ids=["empty", "text", "bytes"]
)
def test_what_is_no_model_is_a_model_error(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be opened"):
        open_session(content)
    path = tmp_path / "broken.onnx"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=r"broken\.onnx cannot be opened"):
        open_session(path)


def test_missing_model_file_is_a_model_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"gone\.onnx"):
        open_session(tmp_path / "gone.onnx")
