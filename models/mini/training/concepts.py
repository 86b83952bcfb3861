"""The words by which pictures and sounds are described: models/mini/concepts.safetensors.

    python -m models.mini.training.concepts [--data ../shared/data]

Run it after any tower has changed (a minute). The words of pictures are those that several
captions of Flickr8k's training pictures have, the class names of ImageNet, and everyday_words.txt;
those of sounds the class names of AudioSet. A word of many captions is preferred to one of none
that is a little nearer. The mean vectors are those of a thousand training
pictures of Flickr8k and of five hundred sounds of the folder ``sounds``.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

from mmsearch.decode.decoder import decode_file
from mmsearch.decode.options import DecodeOptions
from mmsearch.encode.encoder import Encoder
from mmsearch.encode.mini.bundle import open_encoder
from mmsearch.identifiers import name_words
from mmsearch.types import F32, Modality, Segment

DATA = Path(__file__).parents[4] / "shared" / "data"
TARGET = Path(__file__).parents[1] / "concepts.safetensors"
HERE = Path(__file__).parent
LEAST_CAPTIONS = 12
N_PICTURES, N_SOUNDS = 1000, 500
MAX_WORDS = 2
"""Of a name; longer ones are rarely what people type."""
USUAL = 0.02
"""Of the logarithm of the share of pictures whose captions have a word. Of the first words of
Flickr8k's dev pictures .35 are in a caption without it, .56 with it and .63 with .03; of the
pictures of Caltech-101 .44 have their class among the five words, .44 with it and .43 with .03."""


def captions_of_pictures(data: Path) -> list[list[str]]:
    """The captions of each training picture."""
    lines = (data / "flickr8k" / "train.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line)["captions"] for line in lines]


def usualness(words: list[str], pictures: list[list[str]]) -> F32:
    """(n_word,) on the scale of the cosine: how many pictures have a word in their captions."""
    said = [{term for caption in some for term in name_words(caption)} for some in pictures]
    n_with = Counter(term for terms in said for term in terms)
    counts = np.array([min(n_with[term] for term in name_words(word)) for word in words])
    return np.asarray(USUAL * np.log((counts + 3) / len(pictures)), np.float32)


def caption_words(pictures: list[list[str]]) -> list[str]:
    """Of each word the form that most training captions have."""
    captions = [caption for some in pictures for caption in some]
    forms = Counter(
        word for caption in captions for word in set(re.findall("[a-z]{3,}", caption.lower()))
    )
    best: dict[str, str] = {}
    total: Counter[str] = Counter()
    for word, n_caption in forms.most_common():
        for term in _telling(word):
            best.setdefault(term, word)
            total[term] += n_caption
    return [word for term, word in best.items() if total[term] >= LEAST_CAPTIONS]


def _telling(word: str) -> list[str]:
    """The comparable form of a word, nothing for a small one (which is only kept when alone)."""
    return [term for term in name_words(f"x {word}") if term != "x"]


def picture_names() -> Iterator[str]:
    for line in (HERE / "imagenet_labels.jsonl").read_text("utf-8").splitlines():
        yield json.loads(line)["names"][0].lower()
    for line in (HERE / "everyday_words.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            yield from line.split()


def sound_names(data: Path) -> Iterator[str]:
    with (data / "yamnet" / "yamnet_class_map.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for name in re.sub(r"\(.*?\)", "", row["display_name"]).lower().split(","):
                yield name.strip()


def different(names: Iterable[str]) -> dict[frozenset[str], str]:
    """The first of the names that are the same words."""
    found: dict[frozenset[str], str] = {}
    for name in names:
        if name and len(name.split()) <= MAX_WORDS:
            found.setdefault(frozenset(name_words(name)), name)
    return found


def mean_vector(encoder: Encoder, modality: Modality, files: list[Path]) -> F32:
    """The mean (dim,) over the segments of the files."""
    options = DecodeOptions(image_px=encoder.spec.image_px)
    total, n_segment = np.zeros(encoder.spec.dim), 0
    for path in files:
        items = decode_file(path, modality, options)
        contents = [item.content for item in items if isinstance(item, Segment)]
        if contents:
            total += encoder.encode_contents(modality, contents).sum(axis=0)
            n_segment += len(contents)
    return np.asarray(total / n_segment, np.float32)


def files_of(folder: Path, index: str, n_wanted: int) -> list[Path]:
    """Evenly spread files of an index."""
    rows = [json.loads(line) for line in (folder / index).read_text("utf-8").splitlines()]
    return [folder / row["file"] for row in rows[:: max(1, len(rows) // n_wanted)]][:n_wanted]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, default=DATA)
    data = parser.parse_args().data
    encoder = open_encoder()
    captions = captions_of_pictures(data)
    of_pictures = different([*caption_words(captions), *picture_names()])
    of_sounds = different(sound_names(data))
    names = {**of_sounds, **of_pictures}
    words = list(names.values())
    tensors = {
        "vectors": encoder.encode_texts(words).astype(np.float16),
        "pictures": np.array([key in of_pictures for key in names], np.uint8),
        "sounds": np.array([key in of_sounds for key in names], np.uint8),
        "prior": usualness(words, captions),
        "picture_mean": mean_vector(
            encoder, Modality.IMAGE, files_of(data / "flickr8k", "train.jsonl", N_PICTURES)
        ),
        "sound_mean": mean_vector(
            encoder, Modality.AUDIO, files_of(data / "sounds", "index.jsonl", N_SOUNDS)
        ),
    }
    everything = [
        json.dumps(words).encode(),
        *(tensors[name].tobytes() for name in sorted(tensors)),
    ]
    fingerprint = blake2b(b"".join(everything), digest_size=8).hexdigest()
    save_file(tensors, TARGET, {"words": json.dumps(words), "fingerprint": fingerprint})
    print(f"{len(of_pictures)} words of pictures, {len(of_sounds)} of sounds: {TARGET}")


if __name__ == "__main__":
    main()
