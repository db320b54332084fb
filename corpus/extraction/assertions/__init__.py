"""What a report says beside its figures: what is absent, and why something is so."""
