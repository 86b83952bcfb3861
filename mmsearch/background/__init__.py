"""Indexing in a process of its own, which windows and command lines start, follow and steer.

All that passes between them are small files in the folder ``indexer`` of the library.
"""
