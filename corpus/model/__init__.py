"""What was read and what it says, as frozen values, and the errors that people read."""
