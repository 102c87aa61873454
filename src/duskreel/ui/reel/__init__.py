"""The dialog that makes a recap reel: a moment of each day."""
