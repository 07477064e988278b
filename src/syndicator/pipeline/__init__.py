"""Combine the other packages: fetch, parse, dedup, store and publish, which do not know each other.

Nothing is imported here, because a reader process needs `pipeline.read` only, and not all of the program.
"""
