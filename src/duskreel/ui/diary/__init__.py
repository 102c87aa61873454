"""The page on which days are found again."""
