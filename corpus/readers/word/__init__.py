"""Word files: .docx read here, older ones turned into .docx by a program beside."""
