"""Asking after a signed visit."""
