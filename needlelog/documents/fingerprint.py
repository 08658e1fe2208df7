"""How a fingerprint stands on paper."""

from __future__ import annotations

_GROUP = 16


def grouped(sha256: str) -> str:
    """The digits in four groups, so that a line ends between two of them and no digit stands alone."""
    return " ".join(sha256[at : at + _GROUP] for at in range(0, len(sha256), _GROUP))
