"""The first run: four short pages from nothing to an open clinic."""
