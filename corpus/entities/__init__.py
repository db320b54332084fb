"""What a stretch of text names: numbers, quantities, years, comparisons, bodies, places."""
