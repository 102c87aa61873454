"""The diary on disk, and the index that finds things in it."""
