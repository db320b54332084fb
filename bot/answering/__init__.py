"""Answering: values into sentences with their proofs; nothing here sees the question."""
