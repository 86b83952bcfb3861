"""Scripts that measure and print JSON; run them by hand, e.g. python -m tests.benchmarks.indexing."""
