"""Trains the reranker of pictures."""
