"""The settings: what can be set, where it is read from, and where the data lies."""
