"""One country's emergency number for the first run, before the whole reference data is loaded."""

from __future__ import annotations

import tomllib
from pathlib import Path

from needlelog.errors import Fault, FaultCode

FILE = "emergency.toml"


def emergency_number(folder: Path, country: str) -> str:
    """The number to dial in ``country`` (ISO 3166-1 alpha-2), or "" when none is known; raises ``Fault``."""
    path = folder / FILE
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Fault(FaultCode.RESOURCE_MISSING, name=FILE) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Fault(FaultCode.KNOWLEDGE_BROKEN, file=FILE, entry="-", key="-", reason=str(error)) from error
    return next((str(entry["number"]) for entry in content["number"] if entry["country"] == country), "")
