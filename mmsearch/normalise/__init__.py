"""Hubness normalisation: takes from each segment what it shares with queries of every sort.

Some segments (hubs) are near to almost any query. A bank of queries shows how near; the *term* of
a segment, one number on the cosine scale, is taken off its cosine to every query. Terms depend on
no query, so they are computed when segments are stored, and a search subtracts.

The methods register themselves here.
"""

from mmsearch.normalise import csls, dual, inverted_softmax, nnn, sinkhorn

__all__ = ["csls", "dual", "inverted_softmax", "nnn", "sinkhorn"]
