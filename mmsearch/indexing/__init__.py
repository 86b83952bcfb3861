"""Joins scan, decode, encode and store: what an indexing run does.

``plan`` compares the disk with the library, ``batches`` collects segments for the encoder,
``code_index_words`` says what code is found by in words, ``run`` drives it all and commits.
"""
