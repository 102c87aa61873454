"""Every command. The same engine as the window's, for scripts, for tests, and for people who like terminals."""
