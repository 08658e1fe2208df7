"""One signed visit, read-only, with what was added since."""
