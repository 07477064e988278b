"""Feeds in every format: each reader is one module, with the vocabularies that they share."""
