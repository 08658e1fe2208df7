"""Photos of a visit: checked, turned upright, sealed, and shown small. Keys are not known here."""
