"""What a picture is to all of the program: planes of brightness and colour, and the faces in them."""
