"""Where a library is kept, other than in its folder: PostgreSQL and Milvus, by their addresses."""
