"""What comes in and goes out: updates once each, messages through every fault."""
