"""Scripts that measure and print JSON, e.g. python -m tests.benchmarks.indexing."""
