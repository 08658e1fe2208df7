"""The only place that wires the core together: clock, words and folders are chosen here and handed down."""

from __future__ import annotations

from pathlib import Path

from needlelog.clock import Clock, SystemClock
from needlelog.i18n import Words
from needlelog.paths import default_data_dir, resources
from needlelog.services.door import Door
from needlelog.vault.key_file import Cost


def words(language: str = "en") -> Words:
    """The texts for people, in one language."""
    return Words(resources() / "locale", language)


def door(
    data_dir: Path | None = None,
    *,
    clock: Clock | None = None,
    tr: Words | None = None,
    cost: Cost | None = None,
) -> Door:
    """The clinic's door for this folder, or for the usual one; raises ``Fault(RESOURCE_MISSING)``.

    ``cost`` replaces the price of a passphrase for throw-away clinics; a real one keeps the default.
    """
    return Door(data_dir or default_data_dir(), resources(), clock or SystemClock(), tr or words(), cost)
