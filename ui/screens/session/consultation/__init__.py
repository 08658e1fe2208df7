"""The parts of the consultation page."""
