"""Who publishes a page, and where else: each piece of evidence by where it stands; and whom its pictures credit."""
