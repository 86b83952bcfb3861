"""Where the files that come with mmsearch lie: beside the package, or inside a built wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def shipped_path(*parts: str) -> Path:
    """Return the path of a shipped file, e.g. ``shipped_path("models", "catalog.toml")``.

    The first part is "models" or "resources". A wheel carries them as ``_models`` and
    ``_resources`` inside the package; a checkout has them beside it.
    """
    top, *rest = parts
    inside = _PACKAGE / f"_{top}"
    base = inside if inside.is_dir() else _PACKAGE.parent / top
    return base.joinpath(*rest)
