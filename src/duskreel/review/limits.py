"""What the check cannot know, for the user to read beside what it found."""

LIMITS = (
    "It knows the names that you protect, and no others: somebody you did not list is not found.",
    "It looks at words. What is meant between the lines, in a joke or in a tone of voice, it does not hear.",
    "It goes by what was written down. A word that was misheard may be missed; reading along helps.",
    "It does not read what is on a screen, a letter or a badge in the picture, and does not know a room or a view.",
    "Your voice stays your voice, and others who speak can be recognised by theirs.",
    "The day it is shared, and what people know of you, can tell them who and what it is about.",
    "It knows English, German and French; in other languages it finds little more than numbers, addresses and names.",
)
"""One plain sentence or two each, in the order in which they matter to most."""
