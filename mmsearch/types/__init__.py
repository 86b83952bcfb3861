"""The shared vocabulary: plain frozen data that every stage may import.

Words as in ARCHITECTURE.md: a *library* holds *roots*, a root holds *assets* (files), an asset is
cut into *segments*, a segment has a *locator*; a *query* is matched against the segments of the
*gallery* and answers *hits*.
"""

from __future__ import annotations

from mmsearch.types.contents import (
    AUDIO_RATE_HZ,
    F32,
    U8,
    CodeText,
    Content,
    Description,
    Frames,
    LineRange,
    Locator,
    Metadata,
    Modality,
    Said,
    Samples,
    Segment,
    Stamp,
    TimeRange,
    locator_to_json,
)
from mmsearch.types.reports import (
    EncoderSpec,
    FailedFile,
    IndexReport,
    LibraryStatus,
    MissingFiles,
    Progress,
    QueryBanks,
    RootStatus,
    Survey,
)
from mmsearch.types.searches import PAGE, FoundWord, Hit, Moment, Query, RelevanceCurve

__all__ = [
    "AUDIO_RATE_HZ",
    "F32",
    "PAGE",
    "U8",
    "CodeText",
    "Content",
    "Description",
    "EncoderSpec",
    "FailedFile",
    "FoundWord",
    "Frames",
    "Hit",
    "IndexReport",
    "LibraryStatus",
    "LineRange",
    "Locator",
    "Metadata",
    "MissingFiles",
    "Modality",
    "Moment",
    "Progress",
    "Query",
    "QueryBanks",
    "RelevanceCurve",
    "RootStatus",
    "Said",
    "Samples",
    "Segment",
    "Stamp",
    "Survey",
    "TimeRange",
    "locator_to_json",
]
