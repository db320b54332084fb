"""Understanding: from the words of a message to typed queries, ranked."""
