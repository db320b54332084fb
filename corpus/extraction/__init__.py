"""From running text to facts: the roles of its figures, discourse, subjects."""
