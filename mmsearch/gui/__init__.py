"""The window. Everything it knows about files comes through mmsearch.library."""
