"""Read the classes of a page (microformats2, hAtom): items, the values of their properties, entries, and a feed."""
