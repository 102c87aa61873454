"""The pieces of a plain copy of the diary: names of folders, the page, and the list."""
