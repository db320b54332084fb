"""Tables of a page: drawn with rules, or set in columns alone; read twice where they are ruled."""
