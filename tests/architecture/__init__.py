"""Contracts and conventions of the whole code base."""
