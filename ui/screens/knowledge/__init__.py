"""The reference data to read and search, and the clinic's own values in it."""
