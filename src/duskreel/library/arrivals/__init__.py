"""Moving in: clips from folders, from this program's own plain copies, and from other diaries."""
