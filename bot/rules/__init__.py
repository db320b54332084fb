"""The rules: an operation for each kind of question, and the ways that answer it."""
