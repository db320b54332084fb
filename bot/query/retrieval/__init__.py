"""Retrieval: which facts and reports are in question, which fit, and what agrees."""
