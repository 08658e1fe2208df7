"""The start screen: what now."""
