"""A large model of the office's own as a second reader, where one is set."""
