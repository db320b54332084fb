"""The words of public finance, read from `data/`, and how they are found in text."""
