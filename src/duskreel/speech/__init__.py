"""Sound to words with times."""
