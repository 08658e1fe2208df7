"""A whole visit by keyboard alone."""
