"""Web pages as drafts: the article, not the frame around it."""
