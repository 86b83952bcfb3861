"""Broken files by the thousand: whatever a file holds, it costs one row and nothing else."""
