"""The check before sharing: what a short says and shows that its maker may want to keep to themselves. It advises; the
person decides.
"""
