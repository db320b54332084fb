"""Handlers: messages, commands and buttons of the people who ask."""
