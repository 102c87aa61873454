"""Camera and microphone to a file that survives anything."""
