"""How the program looks and when it locks on this computer; no client's and no clinic's data."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from needlelog.errors import Fault
from needlelog.files import read_whole, write_whole

_SIZE_LIMIT = 1 << 14
TEXT_PERCENTS = (100, 110, 125, 150, 175, 200)
IDLE_MINUTES = (2, 5, 10, 20, 30)
"""After how many minutes without a touch the program may lock itself; 0 stands for never."""


class Scheme(StrEnum):
    """Light or dark."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices of this computer. ``text_percent`` is the text size, ``idle_minutes`` 0 means never lock."""

    scheme: Scheme = Scheme.SYSTEM
    text_percent: int = 100
    idle_minutes: int = 10


def read_settings(path: Path) -> Settings:
    """The settings kept at ``path``; each one that is missing or makes no sense is the usual one."""
    try:
        found = json.loads(read_whole(path, limit=_SIZE_LIMIT)) if path.exists() else {}
    except (Fault, ValueError, RecursionError, OSError):
        found = {}
    return _sane(found if isinstance(found, dict) else {})


def _sane(found: dict[str, Any]) -> Settings:
    settings = Settings()
    if found.get("scheme") in tuple(Scheme):
        settings = replace(settings, scheme=Scheme(found["scheme"]))
    if found.get("text_percent") in TEXT_PERCENTS:
        settings = replace(settings, text_percent=int(found["text_percent"]))
    if found.get("idle_minutes") in (0, *IDLE_MINUTES):
        settings = replace(settings, idle_minutes=int(found["idle_minutes"]))
    return settings


def write_settings(path: Path, settings: Settings) -> None:
    """Keep ``settings`` at ``path``; raises the faults of ``write_whole``."""
    write_whole(path, json.dumps(asdict(settings), indent=1, sort_keys=True).encode())
