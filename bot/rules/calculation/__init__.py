"""Calculation: what is worked out of printed figures, each with its formula."""
