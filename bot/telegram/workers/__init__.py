"""Working answers out: off the event loop, and in processes of their own."""
