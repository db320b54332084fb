"""The conversation: understanding a question and composing a cited answer, on every channel."""
