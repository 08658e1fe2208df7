"""A series of one client: planned, changed, ended."""
