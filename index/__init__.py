"""Prepares a search index: seed files -> documents -> words and terms -> a generation on disk.

`search` imports this package and only looks things up; nothing here knows of `search`.
"""

__version__ = "0.1.0"
