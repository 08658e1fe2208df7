"""The reference data and its reader."""
