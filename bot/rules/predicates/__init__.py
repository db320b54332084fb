"""Predicates: yes or no, and which items pass a test."""
