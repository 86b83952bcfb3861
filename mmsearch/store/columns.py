"""Turns the tables into the columns of a Gallery."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import numpy as np

from mmsearch.gallery import MODALITIES, Gallery, empty_gallery
from mmsearch.store.asset_names import asset_names
from mmsearch.store.metadata_columns import metadata_columns
from mmsearch.store.records import INDEXED
from mmsearch.vectors import Vectors

if TYPE_CHECKING:
    import pyarrow


def gallery_from_tables(
    assets: pyarrow.Table, segments: pyarrow.Table, *, space: str, dim: int, is_whole: bool = False
) -> Gallery:
    """Join assets and segments by content; segments that no asset owns are left out.

    is_whole: the space has had everything once. Assets that were encoded anew for another one
    since are then found by what is stored of them here.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    mine = pc.equal(assets["space"], space)
    if is_whole:
        stored = segments["content_id"].unique()
        mine = pc.or_(mine, pc.is_in(assets["content_id"], value_set=stored))
    assets = assets.filter(pc.and_(pc.equal(assets["status"], INDEXED), mine))
    if assets.num_rows == 0:
        return empty_gallery(space, dim)
    owned = pc.unique(assets["content_id"])
    content_row = pc.index_in(segments["content_id"], value_set=owned)
    segments = segments.append_column("row", content_row).filter(pc.is_valid(content_row))
    order = pc.sort_indices(segments, [("row", "ascending"), ("ordinal", "ascending")])
    segments = segments.take(order)

    used, first_segment = np.unique(_numbers(segments["row"]), return_index=True)
    place = np.full(len(owned), -1, np.int64)
    place[used] = np.arange(len(used))
    asset_owner = _numbers(pc.index_in(assets["content_id"], value_set=owned))
    vectors = pa.chunked_array(segments["vector"].chunks, type=segments["vector"].type)
    relative_paths, metadata = assets["relative_path"].to_pylist(), assets["metadata"].to_pylist()
    root, root_ids = _coded(assets["root_id"])
    folder, folders = _coded(pc.replace_substring_regex(assets["relative_path"], "[^/]*$", ""))
    extension, extensions = _coded(_extensions(assets["relative_path"]))
    duration_ms, camera_names, language_names = metadata_columns(assets["metadata"])
    camera, cameras = _coded(camera_names)
    language, languages = _coded(language_names)
    return Gallery(
        space=space,
        vectors=_vectors(vectors, dim),
        kind=_codes(segments["kind"]),
        locators=np.stack([_floats(segments["start"]), _floats(segments["end"])], axis=1),
        first_segment=np.append(first_segment, segments.num_rows).astype(np.int64),
        asset_content=place[asset_owner],
        asset_modality=_codes(assets["modality"]),
        asset_size_bytes=_numbers(assets["size_bytes"]),
        asset_mtime_ns=_numbers(assets["mtime_ns"]),
        asset_root=root,
        asset_folder=folder,
        asset_extension=extension,
        asset_day=_days(assets),
        asset_duration_ms=duration_ms,
        asset_camera=camera,
        asset_language=language,
        root_ids=tuple(root_ids),
        folders=folders,
        extensions=extensions,
        cameras=cameras,
        languages=languages,
        file_names=_file_names(assets["relative_path"]),
        asset_ids=assets["asset_id"].to_pylist(),
        relative_paths=relative_paths,
        content_ids=assets["content_id"].to_pylist(),
        metadata=metadata,
        names=asset_names(relative_paths, metadata),
    )


def _coded(column: Any) -> tuple[Any, list[str]]:
    """A column of strings as numbers, and what they stand for."""
    coded = column.combine_chunks().dictionary_encode()
    return _numbers(coded.indices).astype(np.int32), coded.dictionary.to_pylist()


def _extensions(paths: Any) -> Any:
    """Lower case, without the dot; empty where there is none."""
    import pyarrow.compute as pc

    names = pc.replace_substring_regex(paths, "^.*/", "")
    return pc.utf8_lower(pc.replace_substring_regex(names, r"^(.*\.|[^.]*$)", ""))


def _file_names(paths: Any) -> str:
    """File names in lower case, one a line; a line break in a name becomes a blank."""
    import pyarrow.compute as pc

    names = pc.replace_substring(pc.replace_substring_regex(paths, r"(?s)^.*/", ""), "\n", " ")
    return "\n".join(pc.utf8_lower(pc.utf8_normalize(names, form="NFC")).to_pylist())


def _days(assets: pyarrow.Table) -> Any:
    """When a picture was taken, or else the file's date in local time, in days since 1970."""
    import pyarrow.compute as pc

    # Nonsense of a camera ("0000-00-00") does not match, and the file's date counts.
    sound = r"^[12]\d{3}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])"
    text = assets["taken_at"]
    given = _numbers(pc.match_substring_regex(text, sound))
    taken = np.array(pc.if_else(given, pc.utf8_slice_codeunits(text, 0, 10), "1970-01-01"))
    utc_offset_ns = -(time.altzone if time.localtime().tm_isdst > 0 else time.timezone) * 10**9
    of_file = (_numbers(assets["mtime_ns"]) + utc_offset_ns) // (86_400 * 10**9)
    return np.where(given, taken.astype("datetime64[D]").astype(np.int64), of_file).astype(np.int32)


def _vectors(column: Any, dim: int) -> Vectors:
    """The vectors, of which each chunk is (n, dim) float16."""
    parts = [chunk.flatten().to_numpy().reshape(-1, dim) for chunk in column.chunks]
    return Vectors.of(np.concatenate([np.zeros((0, dim), np.float16), *parts]))


def _numbers(column: Any) -> Any:
    return np.asarray(column.to_numpy())


def _floats(column: Any) -> Any:
    """Unknown becomes NaN."""
    return np.asarray(column.to_numpy(), dtype=np.float64)


def _codes(column: Any) -> Any:
    """Kinds as their place in MODALITIES."""
    import pyarrow as pa
    import pyarrow.compute as pc

    known = pa.array([kind.value for kind in MODALITIES])
    return _numbers(pc.index_in(column, value_set=known)).astype(np.uint8)
