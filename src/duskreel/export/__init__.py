"""Decisions to pixels and sound, and those to an MP4."""
