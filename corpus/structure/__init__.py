"""From a draft to a report: sentences, outline, assembled tables, identity, passages."""
