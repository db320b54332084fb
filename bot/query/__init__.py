"""The typed query: logical forms, what runs them, and the values that come of it."""
