"""The sheet for before the next visit."""
