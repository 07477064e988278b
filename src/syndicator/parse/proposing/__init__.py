"""What a list of articles looks like: its names, its places, its blocks, and what each of these says."""
