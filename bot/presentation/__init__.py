"""Presentation: figures and answers as text and rows, and the guard of their digits."""
