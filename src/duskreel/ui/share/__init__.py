"""The dialog that makes a short of an entry."""
