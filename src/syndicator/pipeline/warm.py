"""Imported by the process that readers are forked from: what each of them would otherwise load for itself."""

from syndicator.pipeline import read
from syndicator.social.table import table
from syndicator.text.urls import registrable_domain

__all__ = ["read"]

table().warm()
registrable_domain("https://www.example.co.uk/")
