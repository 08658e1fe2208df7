"""Reads and checks ``resources/knowledge/*.toml``: every clinical statement with its source and date."""
