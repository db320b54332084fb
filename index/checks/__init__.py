"""What is held against what was written: rows by their checksums, files by their reports."""
