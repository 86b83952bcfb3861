"""The columns of a gallery that have a row for each asset, by how they are kept."""

from __future__ import annotations

NUMBERS = (
    "asset_modality",
    "asset_size_bytes",
    "asset_mtime_ns",
    "asset_day",
    "asset_duration_ms",
)
CODED = {
    "asset_root": "root_ids",
    "asset_folder": "folders",
    "asset_extension": "extensions",
    "asset_camera": "cameras",
    "asset_language": "languages",
}
"""Columns of codes, and what the codes stand for."""
TEXTS = ("asset_ids", "relative_paths", "content_ids", "metadata")
