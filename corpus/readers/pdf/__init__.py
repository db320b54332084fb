"""PDF files as drafts: visible glyphs and rules, lines, tables and paragraphs made of them."""
