"""Backups of the diary: in one ZIP file, or in a folder that grows by what is new; and the diary made of one again."""
