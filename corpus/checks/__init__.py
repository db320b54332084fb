"""What in a report does not add up."""
