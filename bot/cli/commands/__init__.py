"""The commands of the terminal, a module for each kind; what they answer comes from elsewhere."""
