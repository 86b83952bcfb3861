"""Joins store, encode, normalise and adapt: what a library learns from what things are called."""
