"""From bytes to text, and from text to a tree: XML for feeds, HTML for pages."""
