"""The overview card: what a body's reports say of it at a glance, or of two of its years."""
