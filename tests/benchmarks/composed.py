"""Composed queries measured: the figures behind fuse/compose.py.

    python -m tests.benchmarks.composed DATA [VECTORS.npz]

Queries are built from the captions of Flickr8k dev (1,000 pictures): a picture shows a thing when
two of its five captions name it, does not show it when none does, and is left out of a query
otherwise. Caltech-101 gives examples of a class. Each figure is the mean average precision over
the queries of its row. Encodes everything (some minutes) unless VECTORS.npz was written before.
Run it after the encoder or its calibration has changed.
"""

from __future__ import annotations

import itertools
import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmsearch.decode.decoder import decode_file
from mmsearch.decode.options import DecodeOptions
from mmsearch.encode.mini.bundle import open_encoder
from mmsearch.evaluate.compare import compare
from mmsearch.expression import And, Example, Node, Not, Or, Run, Words
from mmsearch.fuse.compose import compose, soft_maximum, softplus
from mmsearch.types import F32, Modality, Segment
from tests.benchmarks.report import print_report

THINGS = {
    "a dog": "dog dogs puppy puppies",
    "a man": "man men guy",
    "a woman": "woman women lady",
    "a boy": "boy boys",
    "a girl": "girl girls",
    "people": "people person man men woman women boy boys girl girls child children crowd guy lady",
    "children": "child children kid kids toddler boy boys girl girls baby",
    "water": "water ocean lake pool river sea wave waves swimming",
    "a beach": "beach sand shore",
    "snow": "snow snowy ice",
    "grass": "grass grassy lawn field",
    "a ball": "ball basketball football soccer tennis baseball",
    "a bicycle": "bike bicycle bikes bicycles biker cyclist",
    "a street": "street road sidewalk city",
    "mountains": "mountain mountains rock rocks cliff hill",
    "a toy": "toy frisbee stick",
    "something red": "red",
    "something blue": "blue",
    "something white": "white",
    "something black": "black",
    "jumping": "jump jumps jumping leaps leaping air",
    "running": "run runs running",
    "sitting": "sit sits sitting bench couch chair",
    "trees": "tree trees woods forest",
    "a hat": "hat cap helmet",
}
SENTENCES = {
    "this, not that": "{} without {}",
    "this and that": "{} and {}",
    "this or that": "{} or {}",
}
_LEAST = 8
"""Pictures of each sort that a query needs."""
_EXAMPLES = 3
_PICTURES_A_PAIR = 4

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Vectors:
    """What the encoder makes of the data."""

    things: F32
    sentences: F32
    """(n_sort, n_pair, dim) SENTENCES for each ordered pair of things."""
    pictures: F32
    objects: F32
    texts_mean: F32
    """(dim,) of captions, for the baseline that takes means away."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query: parts as (vector, kind, sign), a tree of them, and what is right."""

    parts: list[tuple[F32, str, int]]
    tree: Node
    right: Mask
    judged: Mask
    sentence: F32 | None = None


def read(data: Path) -> tuple[list[Path], list[list[str]], list[Path], NDArray[np.int64]]:
    """Pictures and their captions; pictures of objects and their classes."""
    folder, caltech = data / "flickr8k", data / "caltech101"
    rows = [json.loads(line) for line in (folder / "dev.jsonl").read_text("utf-8").splitlines()]
    lines = (caltech / "labels.jsonl").read_text("utf-8").splitlines()
    things = [json.loads(line) for line in lines]
    names = sorted({row["label"] for row in things})
    labels = np.array([names.index(row["label"]) for row in things])
    return (
        [folder / row["file"] for row in rows],
        [row["captions"] for row in rows],
        [caltech / row["file"] for row in things],
        labels,
    )


def embed(
    pictures: Sequence[Path],
    captions: Sequence[list[str]],
    objects: Sequence[Path],
    kept: Path | None,
) -> Vectors:
    """The vectors of everything, from the file if there is one."""
    if kept is not None and kept.exists():
        with np.load(kept) as stored:
            return Vectors(**stored)
    encoder = open_encoder()

    def look(paths: Sequence[Path]) -> F32:
        options = DecodeOptions(image_px=encoder.spec.image_px)
        found = []
        for start in range(0, len(paths), 32):
            contents = [
                item.content
                for path in paths[start : start + 32]
                for item in decode_file(path, Modality.IMAGE, options)
                if isinstance(item, Segment)
            ]
            found.append(encoder.encode_contents(Modality.IMAGE, contents))
        return np.concatenate(found)

    pairs = list(itertools.product(THINGS, repeat=2))
    sentences = [form.format(*pair) for form in SENTENCES.values() for pair in pairs]
    vectors = Vectors(
        things=encoder.encode_texts(list(THINGS)),
        sentences=encoder.encode_texts(sentences).reshape(len(SENTENCES), len(pairs), -1),
        pictures=look(pictures),
        objects=look(objects),
        texts_mean=encoder.encode_texts([some[0] for some in captions]).mean(axis=0),
    )
    if kept is not None:
        np.savez(kept, **{name: getattr(vectors, name) for name in Vectors.__slots__})
    return vectors


def shown(captions: Sequence[list[str]]) -> tuple[Mask, Mask]:
    """Which pictures show each thing, and which do not: two (n_thing, n_picture)."""
    words = [[set(re.findall("[a-z]+", text.lower())) for text in some] for some in captions]
    counts = np.array(
        [
            [sum(bool(set(names.split()) & one) for one in some) for some in words]
            for names in THINGS.values()
        ]
    )
    return counts >= 2, counts == 0


# The queries ---------------------------------------------------------------------------------


def text_queries(vectors: Vectors, has: Mask, lacks: Mask, sort: str) -> Iterator[Asked]:
    """Two things: one without the other, both, or either."""
    x, y = Words("x"), Words("y")
    trees: dict[str, Node] = {
        "this, not that": Run((x, Not(y))),
        "this and that": And((x, y)),
        "this or that": Or((x, y)),
    }
    for one, other in itertools.permutations(range(len(THINGS)), 2):
        both, only = has[one] & has[other], has[one] & lacks[other]
        if sort != "this, not that" and one > other:
            continue
        if min(both.sum(), only.sum(), (lacks[one] & has[other]).sum()) < _LEAST:
            continue
        right = {"this, not that": only, "this and that": both}.get(sort, has[one] | has[other])
        judged = (has[one] | lacks[one]) & (has[other] | lacks[other])
        sign = -1 if sort == "this, not that" else 1
        parts = [(vectors.things[one], "text", 1), (vectors.things[other], "text", sign)]
        sentence = vectors.sentences[list(SENTENCES).index(sort), one * len(THINGS) + other]
        yield Asked(parts, trees[sort], right & judged, judged, sentence)


def picture_and_text(vectors: Vectors, has: Mask, lacks: Mask, *, sign: int) -> Iterator[Asked]:
    """A picture of one thing, and another thing that should (not) be there."""
    example, text = Example("x"), Words("y")
    for one, other in itertools.permutations(range(len(THINGS)), 2):
        both, only = has[one] & has[other], has[one] & lacks[other]
        start, right = (only, both) if sign > 0 else (both, only)
        if min(both.sum(), only.sum()) < _LEAST:
            continue
        judged = (has[one] | lacks[one]) & (has[other] | lacks[other])
        for place in np.flatnonzero(start)[:_PICTURES_A_PAIR]:
            others = judged & (np.arange(len(judged)) != place)
            tree = Run((example, text if sign > 0 else Not(text)))
            parts = [(vectors.pictures[place], "image", 1), (vectors.things[other], "text", sign)]
            yield Asked(parts, tree, right & others, others)


def examples(vectors: Vectors, labels: NDArray[np.int64]) -> Iterator[Asked]:
    """Three pictures of a class find the others."""
    for label in range(labels.max() + 1):
        places = np.flatnonzero(labels == label)
        chosen = places[:_EXAMPLES]
        judged = np.ones(len(labels), bool)
        judged[chosen] = False
        parts = [(vectors.objects[place], "image", 1) for place in chosen]
        node = Run(tuple(Example(str(place)) for place in chosen))
        yield Asked(parts, node, (labels == label) & judged, judged)


# The ways ------------------------------------------------------------------------------------

Way = Callable[["Logits"], F32]


@dataclass(frozen=True, slots=True, eq=False)
class Logits:
    """A query's parts against all pictures, as logits and as vectors."""

    asked: Asked
    items: F32
    wanted: list[F32]
    avoided: list[F32]
    sentence: F32 | None
    means: dict[str, F32]

    def added(self, avoided: float, *, centred: bool) -> F32:
        """The cosines to the sum of the vectors, with their means taken away or not."""
        total = np.zeros(self.items.shape[1], np.float32)
        for vector, kind, sign in self.asked.parts:
            part = unit(vector - self.means[kind]) if centred else vector
            total += part * (sign if sign > 0 else -avoided)
        return (self.items - self.means["image"] if centred else self.items) @ total


def mean(some: Sequence[F32]) -> F32:
    return np.mean(some, axis=0)


def soft_minimum(some: Sequence[F32]) -> F32:
    return -soft_maximum([-logit for logit in some])


def same_spread(some: Sequence[F32]) -> list[F32]:
    """Each with the mean standard deviation of all."""
    spread = np.mean([logit.std() for logit in some])
    return [logit.mean() + spread / logit.std() * (logit - logit.mean()) for logit in some]


def avoiding(weight: float, start: float) -> Way:
    return lambda some: mean(some.wanted) - weight * softplus(some.avoided[0] - start)


def words_more(weight: float) -> Way:
    return lambda some: some.wanted[0] + weight * some.wanted[1]


def shipped(some: Logits) -> F32:
    """Words joined by AND are made one sentence before anything is embedded; see divide.py."""
    if isinstance(some.asked.tree, And) and some.sentence is not None:
        return some.sentence
    return compose(some.asked.tree, some.wanted + some.avoided)


ALWAYS: dict[str, Way] = {
    "as shipped": shipped,
    "first part alone": lambda some: some.wanted[0],
    "vectors added": lambda some: some.added(1.0, centred=False),
    "vectors added, means removed": lambda some: some.added(1.0, centred=True),
}
AVOIDING: dict[str, Way] = {
    "vectors, half of the avoided": lambda some: some.added(0.5, centred=False),
    "means removed, half of the avoided": lambda some: some.added(0.5, centred=True),
    "logits subtracted": lambda some: some.wanted[0] - some.avoided[0],
    "half of the logits subtracted": lambda some: some.wanted[0] - 0.5 * some.avoided[0],
    "left out above 0": lambda some: some.wanted[0] - 99 * (some.avoided[0] > 0),
    "left out above -3": lambda some: some.wanted[0] - 99 * (some.avoided[0] > -3),
    **{
        f"{weight} softplus above {start}": avoiding(weight, start)
        for weight in (1, 2, 4)
        for start in (0, -2, -3, -4, -5)
    },
}
JOINING: dict[str, Way] = {
    "mean": lambda some: mean(some.wanted),
    "mean with the same spread": lambda some: mean(same_spread(some.wanted)),
    "soft minimum": lambda some: soft_minimum(some.wanted),
    "minimum": lambda some: np.min(some.wanted, axis=0),
    "soft maximum": lambda some: soft_maximum(some.wanted),
    "maximum": lambda some: np.max(some.wanted, axis=0),
    "log of summed odds": lambda some: np.logaddexp.reduce(some.wanted),
}
IN_WORDS: dict[str, Way] = {
    "one sentence": lambda some: some.sentence,
    "sentence + mean of parts": lambda some: some.sentence + mean(some.wanted),
    "sentence + soft minimum": lambda some: some.sentence + soft_minimum(some.wanted),
    "sentence + half the minimum": lambda some: some.sentence + 0.5 * np.min(some.wanted, axis=0),
}
MIXED: dict[str, Way] = {f"words x {w}": words_more(w) for w in (1.5, 2, 2.5, 3)}
TASKS: dict[str, dict[str, Way]] = {
    "this, not that": ALWAYS | AVOIDING | {"one sentence": IN_WORDS["one sentence"]},
    "this and that": ALWAYS | JOINING | IN_WORDS,
    "this or that": ALWAYS | JOINING | IN_WORDS,
    "picture and text": ALWAYS | JOINING | MIXED,
    "picture, not text": ALWAYS | AVOIDING,
    "three examples": ALWAYS | JOINING,
}


def unit(vector: F32) -> F32:
    return vector / np.linalg.norm(vector)


def average_precision(scores: F32, asked: Asked) -> float:
    """Among the judged pictures."""
    order = np.argsort(-scores[asked.judged], kind="stable")
    hits = asked.right[asked.judged][order]
    return float((np.cumsum(hits) / np.arange(1, len(hits) + 1))[hits].mean())


def measure(data: Path, kept: Path | None) -> dict[str, Any]:
    pictures, captions, objects, labels = read(data)
    vectors = embed(pictures, captions, objects, kept)
    has, lacks = shown(captions)
    queries: dict[str, list[Asked]] = {
        sort: list(text_queries(vectors, has, lacks, sort)) for sort in SENTENCES
    }
    queries["picture and text"] = list(picture_and_text(vectors, has, lacks, sign=1))
    queries["picture, not text"] = list(picture_and_text(vectors, has, lacks, sign=-1))
    queries["three examples"] = list(examples(vectors, labels))
    calibration = open_encoder().calibration
    figures: dict[str, Any] = {}
    for task, asked in queries.items():
        items = vectors.objects if task == "three examples" else vectors.pictures
        means = {"text": vectors.texts_mean, "image": items.mean(axis=0)}
        some = [logits_of(one, items, means, calibration) for one in asked]
        found = {
            name: [average_precision(way(one), one.asked) for one in some]
            for name, way in TASKS[task].items()
        }
        figures[task] = {"queries": len(asked)} | {
            name: _figure(one, found["as shipped"]) for name, one in found.items()
        }
    return figures


def logits_of(asked: Asked, items: F32, means: dict[str, F32], calibration: Any) -> Logits:
    wanted, avoided = [], []
    for vector, kind, sign in asked.parts:
        midpoint, scale = calibration[kind, Modality.IMAGE]
        (wanted if sign > 0 else avoided).append((items @ vector - midpoint) / scale)
    midpoint, scale = calibration["text", Modality.IMAGE]
    sentence = None if asked.sentence is None else (items @ asked.sentence - midpoint) / scale
    return Logits(asked, items, wanted, avoided, sentence, means)


def _figure(found: list[float], shipped: list[float]) -> str:
    """The mean, and whether it differs from what is shipped."""
    p_value = 1.0 if found == shipped else compare(shipped, found).p_value
    return f"{np.mean(found):.3f}" + (f" (p = {p_value:.3f})" if p_value < 1 else "")


def main() -> None:
    kept = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    print_report(measure(Path(sys.argv[1]), kept))


if __name__ == "__main__":
    main()
