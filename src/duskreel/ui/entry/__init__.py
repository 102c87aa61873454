"""The page of one entry: its clip, its words, and what is said about it."""
