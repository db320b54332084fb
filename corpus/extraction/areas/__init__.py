"""Areas: whether a government's figure is of its whole area, of its own level, or of a part."""
