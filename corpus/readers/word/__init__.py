"""Word files (.docx) as drafts: the body in order, its lists, and the runs that are seen."""
