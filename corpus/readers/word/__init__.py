"""Word files: .docx read here, with the runs that are seen; older ones are made .docx first."""
