"""Sound to words with times, on this machine alone."""
