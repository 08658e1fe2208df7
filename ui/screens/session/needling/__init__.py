"""The parts of the needling page."""
