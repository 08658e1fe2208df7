"""The shipped reference data, and what happens when it is broken."""
