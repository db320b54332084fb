"""Parsing: from the words of a message to annotations, slots and what the talk adds."""
