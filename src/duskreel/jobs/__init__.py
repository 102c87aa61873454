"""Where long work runs: in this process for the command line, in a child process for the window."""
