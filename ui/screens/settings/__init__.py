"""The clinic's settings: its details, its people, its keys, the look, the check of its records."""
