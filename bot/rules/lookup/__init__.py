"""Looking up: one printed figure, by whatever name and in whatever table."""
