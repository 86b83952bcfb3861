"""Joins scan, decode, encode and store: what an indexing run does.

``plan`` compares the disk with the library, ``batches`` collects segments for the encoder,
``run`` drives it all and commits.
"""
