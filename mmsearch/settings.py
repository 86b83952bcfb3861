"""Settings with defaults that need no thought, read from one TOML file."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path, user_config_path, user_data_path

from mmsearch.errors import UserError


@dataclass(frozen=True, slots=True)
class Settings:
    """How mmsearch works; every field may stand in config.toml under its own name."""

    decode_workers: int = 0
    """Processes that read files; 0 means one per processor, at most 8."""
    decode_in_process: bool = False
    """Read files without worker processes: no protection against crashing decoders."""
    time_limit_s: float = 60.0
    """A file whose decoder is silent for longer is given up."""
    memory_limit_bytes: int = 2 * 1024**3
    """What one worker may allocate."""
    read_printed: bool = True
    """Read the text in screenshots and scanned pages, so that they are found by it."""
    ignore: tuple[str, ...] = ()
    """Further ignore patterns, in the syntax of .gitignore."""
    watch: bool = True
    """Index what changes in the folders at once, as long as a window is open."""
    grouping: bool = True
    """Let no near-duplicates and no burst of photographs fill the page."""
    duplicate_similarity: float = 0.93
    """The cosine from which on files that are no copies are near-duplicates; higher is stricter.
    Recompressed, resized or slightly cropped pictures mostly have more (JPEG quality 50: 0.90 to
    0.96), different photographs of Flickr8k less (the nearest other of 99 in 100: below 0.87)."""

    models: tuple[str, ...] = ()
    """Installed models beside the embedded one, which encodes the kinds of file that none of these
    can; of two that can, the first does it. See ``mmsearch models use``."""
    device: str = "auto"
    """Where installed models are run: "auto" (a card where there is one), "cpu", "cuda", "cuda:1",
    "mps". The embedded encoder always runs on the processor."""
    speech_model: str = ""
    """The installed model that writes down what is said in sounds and films, after everything was
    indexed; see ``mmsearch models use``."""
    caption_model: str = ""
    """The one that says what pictures show."""
    normalise: str = "auto"
    """What searches are normalised by that do not say it themselves; see --normalise."""
    rerank_pictures: bool = False
    """Look at the best pictures of a sentence again, word by word: the window shows what it finds
    at once and mends the order half a second later; see --rerank words."""
    reranker: str = ""
    """An installed reranker that mends the order in place of that: the window shows what it finds
    at once, and the better order as soon as it is there; see --rerank."""
    reranker_s: float = 5.0
    """How long it may take."""
    editor: str = "auto"
    """How the window opens code at a line: "auto", the name of an editor that it knows ("code",
    "idea", "pycharm", "vim" ...), or a command with {path} and {line}."""
    text_percent: int = 100
    """How large the texts of the window are, from 80 to 200, beside what the system wants."""
    language: str = "system"
    """The language of the window from its next start on: "system", "en" or "de"."""
    notify: bool = True
    """Tell when a long indexing is done and the window is not in front."""
    keep_searches: bool = True
    """Remember the vectors of past searches in the library, so that its results can be balanced by
    what is really asked of it. They never leave the machine."""

    def worker_count(self) -> int:
        """How many decoding processes to run."""
        return self.decode_workers or min(8, os.cpu_count() or 1)


def settings_path() -> Path:
    """Where the settings are kept."""
    return user_config_path("mmsearch") / "config.toml"


def load_settings(path: Path | None = None) -> Settings:
    """Read config.toml; no file means defaults. Unknown names and wrong types are UserErrors."""
    path = path or settings_path()
    try:
        given = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as error:
        raise UserError(f"The settings file {path} cannot be read: {error}.") from error
    return Settings(**{name: _checked(name, value, path) for name, value in given.items()})


def _checked(name: str, value: Any, path: Path) -> Any:
    """Return the value as the field's type, or say what is wrong with it."""
    defaults = {field.name: field.default for field in fields(Settings)}
    if name not in defaults:
        raise UserError(f"{path}: there is no setting {name!r}.", f"Known: {', '.join(defaults)}.")
    wanted = type(defaults[name])
    if wanted is tuple and isinstance(value, list):
        return tuple(str(entry) for entry in value)
    if wanted is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if type(value) is not wanted:
        raise UserError(f"{path}: {name} must be of type {wanted.__name__}, not {value!r}.")
    return value


def default_library_path() -> Path:
    """The library that is used when none is named: MMSEARCH_LIBRARY or the user's data folder."""
    named = os.environ.get("MMSEARCH_LIBRARY")
    return Path(named) if named else user_data_path("mmsearch") / "library"


def cache_path() -> Path:
    """Where thumbnails and built model graphs are kept: MMSEARCH_CACHE or the cache folder."""
    named = os.environ.get("MMSEARCH_CACHE")
    return Path(named) if named else user_cache_path("mmsearch")


def models_path() -> Path:
    """Where installed models are kept: MMSEARCH_MODELS or the user's data folder."""
    named = os.environ.get("MMSEARCH_MODELS")
    return Path(named) if named else user_data_path("mmsearch") / "models"
