"""Films, folders and archives that come into the diary through the window."""
