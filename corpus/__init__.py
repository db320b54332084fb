"""What a report says: nouns, readers, outline, tables, passages, facts and the vocabulary."""
