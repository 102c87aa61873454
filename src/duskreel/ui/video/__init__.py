"""Playing a clip: the player, the file as it reads it, and its pictures on the screen."""
