"""Evidence: answers that are stretches of a report, quoted with their places."""
