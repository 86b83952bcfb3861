"""Joins query → encode → retrieve → fuse → present: what a search does."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from mmsearch.decode.decoder import decode_file
from mmsearch.decode.options import DecodeOptions
from mmsearch.decode.worker import Decoded, DecodeJob, DecodePool, Failed
from mmsearch.encode.encoder import Encoder
from mmsearch.errors import QueryError, UnreadableFileError
from mmsearch.fuse.calibrate import Calibration, logits, match_strength
from mmsearch.fuse.combine import asset_logits, best_segment, combine, top_assets
from mmsearch.fuse.lexical import with_words
from mmsearch.fuse.names import name_logits
from mmsearch.gallery import MODALITIES, Gallery
from mmsearch.query.check import check_query
from mmsearch.retrieve.exact import cosines
from mmsearch.retrieve.filters import Mask, asset_mask
from mmsearch.retrieve.lexical import Lexical, MatchWords, lexical
from mmsearch.retrieve.names import match_names
from mmsearch.scan.kinds import modality_of
from mmsearch.settings import Settings
from mmsearch.store.records import metadata_from_json
from mmsearch.types import F32, Hit, Metadata, Modality, Query, Samples, Segment

_SEGMENTS_PER_EXAMPLE = 16
"""A long film as an example is looked at in this many places, evenly spread."""

_SHOTS_READ_OF_EXAMPLE = 100
_SOUND_READ_OF_EXAMPLE_S = 600.0
"""Nobody waits for hours of an example to be read."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One thing that is wanted or to be avoided, as vectors."""

    name: str
    kind: str
    """"text" or the modality of an example's segments."""
    vectors: F32
    avoided: bool = False


def search(
    query: Query,
    gallery: Gallery,
    root_paths: Mapping[str, Path],
    encoder: Encoder,
    settings: Settings,
    match_words: MatchWords | None = None,
) -> list[Hit]:
    """Answer a query with hits, best first; raises QueryError for one that cannot be answered.

    ``match_words`` asks the database for words; without it a gallery that does not know its
    words is searched by meaning alone.
    """
    check_query(query)
    if gallery.n_segment == 0:
        return []
    parts = list(_parts(query, encoder, settings))
    mask = asset_mask(gallery, query, root_paths)
    part_cosines = [cosines(gallery, part.vectors) for part in parts]
    words = _lexical(query, gallery, mask, match_words)
    logit = _fused(gallery, parts, part_cosines, words, encoder.calibration)
    by_name = _by_name(query, gallery)
    asset_logit = asset_logits(gallery, logit, by_name)
    rows = top_assets(gallery, asset_logit, mask, query.limit)
    return [
        _hit(
            rank,
            row,
            best_segment(gallery, logit, int(gallery.asset_content[row])),
            gallery=gallery,
            root_paths=root_paths,
            asset_logit=asset_logit,
            by_name=by_name,
            cosine_of={part.name: some for part, some in zip(parts, part_cosines, strict=True)},
            wanted=[part.name for part in parts if not part.avoided],
            words=words,
        )
        for rank, row in enumerate(rows, 1)
    ]


def _lexical(
    query: Query, gallery: Gallery, mask: Mask, match_words: MatchWords | None
) -> Lexical | None:
    """The words of the sentence that is wanted, where any code passes the filters."""
    code = gallery.asset_modality == MODALITIES.index(Modality.CODE)
    return lexical(query.text, gallery, match_words) if (mask & code).any() else None


def _by_name(query: Query, gallery: Gallery) -> F32 | None:
    """What names add to the logit of each asset: (n_asset,), None where they say nothing."""
    found = match_names(query.text, gallery)
    if found is None:
        return None
    added = name_logits(found.scores, found.n_terms, found.is_whole, found.is_name)
    return added / np.float32(1 + len(query.like))


def _fused(
    gallery: Gallery,
    parts: Sequence[Part],
    part_cosines: Sequence[F32],
    words: Lexical | None,
    calibration: Calibration,
) -> F32:
    """One logit a segment from all parts: (n_segment,). ``words`` belong to the first part."""
    part_logits = [
        logits(cosine, gallery, part.kind, calibration)
        for part, cosine in zip(parts, part_cosines, strict=True)
    ]
    if words is not None:
        part_logits[0] = with_words(part_logits[0], words.scores, words.n_terms, gallery)
    return combine(
        [some for part, some in zip(parts, part_logits, strict=True) if not part.avoided],
        [some for part, some in zip(parts, part_logits, strict=True) if part.avoided],
    )


def _parts(query: Query, encoder: Encoder, settings: Settings) -> Iterator[Part]:
    """The wanted and avoided parts, each embedded; the wanted sentence first, all in one batch."""
    sentences = [(query.text.strip(), False)] if query.text.strip() else []
    sentences += [(text.strip(), True) for text in query.avoid if text.strip()]
    if sentences:
        vectors = encoder.encode_texts([text for text, _ in sentences])
        for place, (_, avoided) in enumerate(sentences):
            name = f"not:{place}" if avoided else "text"
            yield Part(name, "text", vectors[place : place + 1], avoided)
    for place, path in enumerate(query.like, 1):
        kind, example = embed_example(path, encoder, settings)
        yield Part(f"like:{place}", kind, example)
    for place, path in enumerate(query.avoid_like, 1):
        kind, example = embed_example(path, encoder, settings)
        yield Part(f"not like:{place}", kind, example, avoided=True)


def embed_example(path: Path, encoder: Encoder, settings: Settings) -> tuple[str, F32]:
    """The kind and the vectors (n, dim) of an example file of any of the four kinds.

    A film that has pictures is looked for by its pictures. Raises QueryError with the reason
    when the file cannot be used.
    """
    modality = modality_of(path)
    if modality is None:
        raise QueryError(
            f"{path.name} cannot be an example: it is no picture, video, sound or code.",
            "Choose another file.",
        )
    options = DecodeOptions(
        image_px=encoder.spec.image_px,
        max_shots_per_video=_SHOTS_READ_OF_EXAMPLE,
        max_audio_s=_SOUND_READ_OF_EXAMPLE_S,
    )
    try:
        items = list(_decode_example(path, modality, options, settings))
    except UnreadableFileError as error:
        raise QueryError(
            f"The example {path} cannot be read: {error.message}", error.hint
        ) from error
    segments = [item for item in items if isinstance(item, Segment)]
    if modality is Modality.VIDEO:
        shots = [some for some in segments if not isinstance(some.content, Samples)]
        modality, segments = (modality, shots) if shots else (Modality.AUDIO, segments)
    if not segments:
        raise QueryError(f"The example {path} is empty or silent.", "Choose another file.")
    vectors = encoder.encode_contents(modality, [some.content for some in _spread(segments)])
    kind = Modality.IMAGE if modality is Modality.VIDEO else modality
    return kind.value, vectors


def _decode_example(
    path: Path, modality: Modality, options: DecodeOptions, settings: Settings
) -> Iterator[Metadata | Segment]:
    """Pictures at once; the rest in a process of its own, which a hostile file may end."""
    if modality is Modality.IMAGE or settings.decode_in_process:
        yield from decode_file(path, modality, options)
        return
    with DecodePool(
        1,
        options,
        time_limit_s=settings.time_limit_s,
        memory_limit_bytes=settings.memory_limit_bytes,
    ) as pool:
        for message in pool.decode([DecodeJob("example", path, modality)]):
            match message:
                case Decoded(_, item):
                    yield item
                case Failed(_, error):
                    raise error


def _spread(segments: list[Segment]) -> Iterable[Segment]:
    """At most _SEGMENTS_PER_EXAMPLE of the segments, evenly spaced."""
    if len(segments) <= _SEGMENTS_PER_EXAMPLE:
        return segments
    places = np.linspace(0, len(segments) - 1, _SEGMENTS_PER_EXAMPLE).round().astype(int)
    return [segments[place] for place in places]


def _hit(
    rank: int,
    row: int,
    segment: int,
    *,
    gallery: Gallery,
    root_paths: Mapping[str, Path],
    asset_logit: F32,
    by_name: F32 | None,
    cosine_of: Mapping[str, F32],
    wanted: list[str],
    words: Lexical | None,
) -> Hit:
    """The hit with the trace of its scores."""
    root_path = root_paths[gallery.root_ids[gallery.asset_root[row]]]
    path = root_path / gallery.relative_paths[row]
    cosine = float(np.mean([cosine_of[name][segment] for name in wanted]))
    scores = {"cosine": cosine, "normalised": cosine, "logit": float(asset_logit[row])}
    if len(cosine_of) > 1:
        scores |= {f"cosine {name}": float(some[segment]) for name, some in cosine_of.items()}
    if words is not None and MODALITIES[gallery.kind[segment]] is Modality.CODE:
        scores["lexical"] = float(words.scores[segment])
    if by_name is not None and by_name[row] > 0:
        scores["name"] = float(by_name[row])
    return Hit(
        rank=rank,
        path=path,
        modality=MODALITIES[gallery.asset_modality[row]],
        match=match_strength(float(asset_logit[row])),
        locator=gallery.locator(segment),
        scores=scores,
        asset_id=gallery.asset_ids[row],
        content_id=gallery.content_ids[row],
        size_bytes=int(gallery.asset_size_bytes[row]),
        modified_at_s=float(gallery.asset_mtime_ns[row]) / 1e9,
        metadata=metadata_from_json(gallery.metadata[row]),
        offline=not os.path.lexists(path),
    )
