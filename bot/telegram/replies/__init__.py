"""Replies: what handlers share to hear a message and to answer it."""
