"""Pictures: cited pages, cards of passages and charts, drawn and never sent."""
