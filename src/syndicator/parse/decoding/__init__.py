"""Decode bytes to text, and parse text to a tree: XML for feeds, HTML for pages."""
