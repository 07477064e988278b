"""What the classes of a page say (microformats2, hAtom): its items and what they are worth, entries, and their feed."""
