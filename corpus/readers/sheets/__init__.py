"""Spreadsheets as drafts: cells as a person sees them, sheets cut into tables."""
