"""Joins decode, encode and store: what models say about files, and the words of it."""
