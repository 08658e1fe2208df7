"""What ends a tour: a step that did not work, in one sentence."""

from __future__ import annotations


class TourStopped(Exception):  # noqa: N818 - the tour stops; nothing of the world is at fault
    """One step of the tour did not work; the text says which."""
