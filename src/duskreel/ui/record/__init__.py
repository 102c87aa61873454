"""The page on which a take is made, and the studio behind it."""
