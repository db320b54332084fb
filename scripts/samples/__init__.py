"""The sources of the sample reports (*.md), and what turns one into a .docx or a .pdf."""
