"""The reranker for pictures: how well the words of a sentence describe each of them.

The vectors of the first stage compare a picture with a sentence as a whole. Here each word is asked
for by itself: a small network on the pooled features of the frozen backbone says how much likelier
the word is for this picture than for any, and a sentence is as good as the sum over its words. It
errs where the vectors do not, so that both together find more than either. For the same reason it
looks at the middle of the picture, mirrored, where the vectors were made of all of it: that alone
is a point of R@1, at no cost.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmsearch.encode.catalog import CatalogEntry
from mmsearch.encode.graph import BUILDER_VERSION
from mmsearch.encode.graph_cache import cached_graph
from mmsearch.encode.mini import image_graph
from mmsearch.encode.mini.image_graph import IMAGE_PX, N_FEATURE, feature_graph
from mmsearch.encode.mini.picture_words_graph import GRAPH_VERSION, picture_words_graph
from mmsearch.encode.mini.text_tower import clean_text, open_tokenizer
from mmsearch.encode.session import open_session
from mmsearch.encode.torch_file import read_torch_file
from mmsearch.errors import ModelError
from mmsearch.types import F32, U8

ROLE = "reranker"
FIRST_WORD_PIECE = 1000
"""Tokens before it are what a tokenizer needs for itself, and never words."""

_MARGIN = 0.05
"""Of each side, which is not looked at."""

Ints = NDArray[np.int64]
F16 = NDArray[np.float16]


class PictureWords:
    """Opens the networks, knows the words. Thread-safe."""

    n_feature = N_FEATURE

    def __init__(
        self, tokenizer: Any, backbone: Any, network: Any, pieces: Ints, weight: float, name: str
    ) -> None:
        self._tokenizer, self._backbone, self._network = tokenizer, backbone, network
        self.pieces = pieces
        """(n_word,) the tokens that it knows, ascending."""
        self.weight = weight
        """What a unit of evidence is worth, as a cosine of the first stage."""
        self.features_name = name
        """Names what made the features: others must not be mixed with them."""

    @classmethod
    def open(cls, entry: CatalogEntry, *, n_threads: int | None = None) -> PictureWords:
        """Verify the files and open the networks; raises ModelError."""
        tokens, backbone, file = map(entry.file, ("text tokens", "image weights", ROLE))
        tokenizer = open_tokenizer(tokens.verify())
        weights = read_weights(file.verify())
        image, mine = f"image {image_graph.GRAPH_VERSION}", f"words {GRAPH_VERSION}"
        builder = f"builder {BUILDER_VERSION}"
        graphs = (
            cached_graph(
                "image features",
                (backbone.sha256, builder, image),
                lambda: feature_graph(read_torch_file(backbone.verify())),
            ),
            cached_graph(
                "picture words",
                (file.sha256, builder, mine),
                lambda: picture_words_graph(weights),
            ),
        )
        sessions = [open_session(graph, n_threads=n_threads) for graph in graphs]
        pieces, weight = weights["pieces"].astype(np.int64), float(weights["weight"][0])
        name = f"{backbone.sha256[:16]} {image}"
        return cls(tokenizer, sessions[0], sessions[1], pieces, weight, name)

    def words_of(self, text: str) -> Ints:
        """Which of the words that it knows a sentence has, in their order: (n_found,)."""
        ids = np.array(self._tokenizer.encode(clean_text(text)).ids, np.int64)
        return places_of(self.pieces, ids)

    @property
    def n_word(self) -> int:
        """How many words it knows."""
        return len(self.pieces)

    def features(self, pictures: Sequence[U8]) -> F16:
        """What is kept of RGB pictures (h, w, 3) of any size: (n, 1600)."""
        if not pictures:
            return np.zeros((0, N_FEATURE), np.float16)
        pixels = np.stack([middle_mirrored(picture) for picture in pictures])
        return np.asarray(self._backbone.run(["features"], {"pixels": pixels})[0], np.float16)

    def evidence(self, features: F16) -> F32:
        """For each known word, of pictures by their features (n, 1600): (n, n_word)."""
        given = {"features": features.astype(np.float32)}
        return np.asarray(self._network.run(["evidence"], given)[0])

    def scores(self, words: Ints, features: F16) -> F32:
        """How well pictures answer a sentence, as cosines to be added to the first stage's: (n,).

        words: of the sentence, as ``words_of`` gives them; none say nothing, so 0.
        """
        return np.asarray(self.weight * self.evidence(features)[:, words].sum(axis=1))


def places_of(pieces: Ints, ids: Ints) -> Ints:
    """Where the tokens of a sentence are among those known, in their order: (n_found,).

    pieces: (n_word,) known tokens, ascending; ids: (n_token,), unknown ones are left out.
    """
    places = np.searchsorted(pieces, ids).clip(max=len(pieces) - 1)
    return np.asarray(places[pieces[places] == ids])


def middle_mirrored(picture: U8) -> U8:
    """The middle of a picture (h, w, 3), mirrored and squashed: (224, 224, 3)."""
    from PIL import Image

    image = Image.fromarray(picture)
    left, top = _MARGIN * image.width, _MARGIN * image.height
    box = (left, top, image.width - left, image.height - top)
    small = image.resize((IMAGE_PX, IMAGE_PX), Image.Resampling.BICUBIC, box=box)
    return np.asarray(small.transpose(Image.Transpose.FLIP_LEFT_RIGHT))


def read_weights(path: Path) -> dict[str, F32]:
    """The arrays of a file, its whole numbers multiplied by the scales of their rows.

    Raises ModelError for a file of other arrays.
    """
    from safetensors.numpy import load_file

    arrays = load_file(path)
    try:
        scales = {name.removesuffix(".scale"): name for name in arrays if name.endswith(".scale")}
        weights = {name: array.astype(np.float32) for name, array in arrays.items()}
        for name, scale in scales.items():
            weights[name] *= weights.pop(scale)[:, None]
        if weights["pieces"].shape != weights["share"].shape:
            raise ValueError("the words do not fit their shares")
    except (KeyError, ValueError) as error:
        message = f"The reranker {path} cannot be read: {error}."
        raise ModelError(message, "Install mmsearch again.") from error
    return weights
