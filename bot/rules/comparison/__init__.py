"""Comparison: figures side by side, of several bodies, items, years or classes."""
