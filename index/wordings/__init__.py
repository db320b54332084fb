"""Wordings: what facts and sentences answer, as text, and how near each is to a question."""
