"""Looking back: days, months and years, and how they felt."""
