"""Command-line jobs around the project: answering files of questions, evaluating, benchmarks."""
