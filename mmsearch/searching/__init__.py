"""Joins query → encode → retrieve → fuse → present: what a search does."""

from mmsearch.searching.examples import embed_example
from mmsearch.searching.files import row_of
from mmsearch.searching.film_curve import curve_of_file
from mmsearch.searching.search import search

__all__ = ["curve_of_file", "embed_example", "row_of", "search"]
