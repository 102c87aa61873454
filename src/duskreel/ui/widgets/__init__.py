"""Small parts that pages are made of. None knows the diary, the recorder or another page."""
