"""The terminal: the command `wenshu`, what it works over, and what it prints."""
