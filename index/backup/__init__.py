"""Backups of a data folder: the file of one, taking it, and putting it back."""
