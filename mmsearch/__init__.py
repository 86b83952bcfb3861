"""mmsearch: search your own pictures, video, sound and source code by meaning, offline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mmsearch.library import Library, open_library, restore_library

__version__ = "0.1.0"
__all__ = ["Library", "__version__", "open_library", "restore_library"]


def __getattr__(name: str) -> Any:
    """Load the library module only when it is asked for: ``import mmsearch`` stays instant."""
    if name in {"Library", "open_library", "restore_library"}:
        from mmsearch import library

        return getattr(library, name)
    raise AttributeError(f"module 'mmsearch' has no attribute {name!r}")
