"""From the bytes of a file to a draft: plain text, Word and PDF."""
