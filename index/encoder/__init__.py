"""The encoder of passages and questions: a sentence-transformers model, loaded when first used."""
