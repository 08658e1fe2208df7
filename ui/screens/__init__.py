"""Whole pages of the window. Screens never import one another: they ask for a route."""
