"""Looks things up: question -> Query -> Hits -> terminal, JSON. Everything it reads, the package `index` has prepared."""
