"""Where reports are kept and how they are found: encoder, passage index, fact table, library."""
