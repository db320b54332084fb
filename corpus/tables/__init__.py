"""From the cells of tables to facts: regions, columns, rows, headers, concepts."""
