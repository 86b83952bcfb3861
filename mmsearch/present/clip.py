"""A part of a film or sound as a file of its own: packets copied where that is exact enough."""

from __future__ import annotations

import errno
import os
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mmsearch.errors import UserError
from mmsearch.media.container import open_container
from mmsearch.media.sound import refuse_playlist
from mmsearch.present.clip_copy import CopyRefusedError, copy_part
from mmsearch.present.clip_encode import CODECS, SOUND_CODECS, encode_part
from mmsearch.types import Modality, TimeRange

_FILM_SUFFIX, _SOUND_SUFFIX = ".mp4", ".m4a"


@dataclass(frozen=True, slots=True)
class Clip:
    """A clip that was written."""

    path: Path
    is_copy: bool
    """Nothing was encoded anew: no loss, but it may begin up to a second early."""


Step = Callable[[float], bool]
"""Takes how much is done, from 0 to 1; False means to stop."""


def clip_name(source: Path, modality: Modality, part: TimeRange) -> str:
    """A name for a clip, in the same sort of file where that can be written: "a 0.42–0.51.mp4"."""
    known = CODECS if modality is Modality.VIDEO else SOUND_CODECS
    other = _FILM_SUFFIX if modality is Modality.VIDEO else _SOUND_SUFFIX
    suffix = source.suffix.lower() if source.suffix.lower() in known else other
    return f"{source.stem} {_dotted(part.start_s)}–{_dotted(part.end_s)}{suffix}"


def _dotted(seconds: float) -> str:
    """A place in a name of a file, where no colon may stand on some systems."""
    minutes, second = divmod(int(seconds), 60)
    return f"{minutes}.{second:02d}"


def cut_clip(
    source: Path, target: Path, part: TimeRange, step: Step, *, overwrite: bool = False
) -> Clip | None:
    """Write a part of a film or sound to a file; None when it was stopped.

    The target appears when it is whole. Raises UnreadableFileError for the source, and UserError
    where the target cannot be written, is there already, or is the source itself.
    """
    refuse_playlist(source)
    _check(source, target, overwrite)
    unfinished = target.with_name(f".{uuid.uuid4().hex}{target.suffix.lower()}")
    try:
        unfinished.touch(exist_ok=False)
        made = _write(source, unfinished, part, step)
        if made is None:
            return None
        if overwrite:
            os.replace(unfinished, target)
        else:
            _put_in_place(unfinished, target)
        return Clip(target, made)
    except OSError as error:
        raise _cannot_write(target, error) from error
    finally:
        unfinished.unlink(missing_ok=True)


def _write(source: Path, target: Path, part: TimeRange, step: Step) -> bool | None:
    """Copy, or else encode; returns whether it is a copy, None when stopped."""
    try:
        with open_container(source) as film:
            return True if copy_part(film, target, part, step) else None
    except CopyRefusedError:
        return False if encode_part(source, target, part, step) else None


def _check(source: Path, target: Path, overwrite: bool) -> None:
    if target.exists() and source.exists() and target.samefile(source):
        raise UserError(f"{target.name} is the file that the clip is cut from.", "Take another.")
    if target.exists() and not overwrite:
        raise _is_there(target)
    if target.suffix.lower() not in CODECS | SOUND_CODECS:
        known = ", ".join(sorted(CODECS | SOUND_CODECS))
        raise UserError(f"Clips cannot be written as {target.suffix or 'that'}.", f"Take {known}.")


def _put_in_place(unfinished: Path, target: Path) -> None:
    """Rename, but over nothing that has appeared meanwhile."""
    try:
        os.link(unfinished, target)
    except FileExistsError:
        raise _is_there(target) from None
    except OSError:  # sticks and network drives have no second names
        if target.exists():
            raise _is_there(target) from None
        os.replace(unfinished, target)


def _is_there(target: Path) -> UserError:
    return UserError(f"{target} is there already.", "Choose another name.")


def _cannot_write(target: Path, error: OSError) -> UserError:
    if error.errno == errno.ENOSPC:
        return UserError(
            "There is no room left for the clip.", "Free some, or choose another drive."
        )
    reason = error.strerror or type(error).__name__
    return UserError(f"The clip cannot be written to {target.parent}: {reason}.")
