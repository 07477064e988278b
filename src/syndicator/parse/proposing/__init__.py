"""Recognise a list of articles on a page: its links, its blocks that repeat, and the selectors of their fields."""
