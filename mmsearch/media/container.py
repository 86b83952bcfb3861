"""Opening films and sounds with PyAV, so that a hostile file reaches nothing but itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from mmsearch.errors import FailureKind, UnreadableFileError
from mmsearch.media.access import describe_os_error, require_file

if TYPE_CHECKING:
    import av.error
    from av.container import InputContainer
    from av.packet import Packet
    from av.stream import Stream

StreamT = TypeVar("StreamT", bound="Stream")

# Containers and raw streams. Left out on purpose: playlists and scripts that name other files
# or addresses (hls, dash, concat, sdp, image2), devices, and text and picture formats.
_FORMATS = (
    "mov,mp4,m4a,3gp,3g2,mj2 matroska,webm avi asf flv mpegts mpeg mpegvideo m4v h261 h263 h264 "
    "hevc av1 obu ivf vc1 dv mxf gxf nut nsv ogg rm wtv mjpeg yuv4mpegpipe swf "
    "wav w64 aiff au caf flac mp3 aac ac3 eac3 dts dtshd truehd mlp amr amrnb amrwb ape wv tta "
    "tak mpc mpc8 dsf voc iff shn oma"
)

_SAFE_OPTIONS = {
    "format_whitelist": _FORMATS.replace(" ", ","),
    "protocol_whitelist": "file",
}


@contextmanager
def open_container(path: Path, *, metadata_errors: str = "replace") -> Iterator[InputContainer]:
    """Open a film or sound; FFmpeg's errors inside the block become UnreadableFileError."""
    import av
    import av.error

    require_file(path)
    try:
        # The prefix keeps a name such as "concat:a" or "http:b" a name.
        with av.open(
            f"file:{path.absolute()}", options=dict(_SAFE_OPTIONS), metadata_errors=metadata_errors
        ) as container:
            yield container
    except av.error.FFmpegError as error:
        raise describe_av_error(error) from error


def packets_of(container: InputContainer, stream: StreamT) -> Iterator[Packet[StreamT]]:
    """Read the packets of a track to the end of the file; the last one is empty, to flush."""
    try:
        yield from cast("Iterator[Packet[StreamT]]", container.demux(stream))
    except IndexError:
        # After the last packet PyAV stumbles over tracks that only began amid the file.
        return


def describe_av_error(error: av.error.FFmpegError) -> UnreadableFileError:
    """The same error in words for the person who owns the file."""
    import av.error

    if isinstance(error, av.error.MemoryError):
        return UnreadableFileError(FailureKind.MEMORY, "The file needs more memory than allowed.")
    if isinstance(error, FileNotFoundError | PermissionError | IsADirectoryError):
        return describe_os_error(error)
    if isinstance(error, av.error.LookupError | av.error.PatchWelcomeError):
        return UnreadableFileError(
            FailureKind.UNSUPPORTED, "No decoder is there for this sort of file."
        )
    return UnreadableFileError(
        FailureKind.CORRUPT, "The file is damaged or is not what its name says."
    )
