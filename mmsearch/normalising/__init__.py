"""Joins store, encoder and normalise: the terms that the searches of a library subtract."""
