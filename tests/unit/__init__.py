"""Units: no Qt, no disk."""
