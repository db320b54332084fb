"""Administration: who is let in, which reports are taken in, who is told."""
