"""The trade's words."""
