"""Loaders of models of the user's choice, one family a file, on top of torch.

torch and what is built on it are an extra ("models" in pyproject.toml) and are imported when a
model is opened, never before.
"""
