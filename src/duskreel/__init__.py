"""Duskreel: a private desktop video diary."""
