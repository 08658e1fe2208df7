"""One client between visits."""
