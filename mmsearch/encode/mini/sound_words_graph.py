"""The graph of the reranker for sounds: what a patch of sound says of each word that it knows."""

from __future__ import annotations

from mmsearch.encode.graph import BATCH, GraphBuilder
from mmsearch.encode.mini.audio_graph import Weights, patch_input, pooled_features
from mmsearch.encode.mini.picture_words_graph import log_chances

GRAPH_VERSION = 1
"""Raise it when this file starts to write another graph."""


def sound_words_graph(tower: Weights, words: Weights) -> bytes:
    """The model: ``patches`` (n, 96, 64) to ``chances`` (n, n_word), their logarithms.

    tower: the weights of the audio tower, whose convolutions it shares.
    words: those of one network on their means, as in picture_words_graph.
    """
    builder = GraphBuilder("sound words")
    features = pooled_features(builder, tower, patch_input(builder))
    chances = log_chances(builder, words, features, "0")
    builder.output("chances", chances, [BATCH, len(words["share"])])
    return builder.build()
