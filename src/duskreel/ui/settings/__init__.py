"""The page of every choice."""
