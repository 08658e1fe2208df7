"""The headless verbs: each opens the clinic, does one thing, says what came of it on stdout, and closes it again."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from needlelog.errors import Fault, FaultCode
from needlelog.i18n import Words
from needlelog.logs import bug_note
from needlelog.services.door import Door

if TYPE_CHECKING:
    from needlelog.services.desk import Desk

UNPROVEN_EXIT = 1
"""The clinic was read, and not everything in it is as it was recorded."""

BROKEN_OFF_EXIT = 3
"""The check itself failed: nothing is proved, neither well nor ill."""


def verify(door: Door, tr: Words, *, name: str, passphrase: Callable[[], str]) -> int:
    """Check every seal, paper, hand-over and photo; returns 0 when all is as recorded, else ``UNPROVEN_EXIT``.

    ``name`` is the practitioner whose passphrase is given, "" where there is only one. Raises ``Fault``. A fault of
    our own ends in one sentence and ``BROKEN_OFF_EXIT``, so that it is never taken for a finding.
    """
    with _opened(door, name, passphrase) as desk:
        try:
            found, notices = desk.proof.whole(), desk.notices()
            end = desk.proof.said_of_the_end(found.last) if found.last and not found.flaws else ()
        except Fault:
            raise
        except Exception as error:  # noqa: BLE001 - a check that broke off must not end with the code of a finding
            places = bug_note(type(error), error.__traceback__, desk.clock.now())
            said = tr("The check broke off, so nothing is proved. Keep the data folder as it is and report this:")
            sys.stderr.write(f"{said}\n{places}")
            return BROKEN_OFF_EXIT
    lines = [flaw.says for flaw in found.flaws]
    lines += [tr("Note: {note}", note=note) for note in (*notices, *found.notes)]
    if found.flaws:
        lines.append(
            tr.plural(
                "{count} thing is not as it was recorded.",
                "{count} things are not as they were recorded.",
                len(found.flaws),
            )
            + " "
            + tr("Keep the data folder as it is and restore the last backup beside it.")
        )
    else:
        lines.append(
            tr.plural(
                "Every record and paper is as it was signed, and {count} photo was opened and is whole.",
                "Every record and paper is as it was signed, and {count} photos were opened and are whole.",
                found.photos,
            )
        )
    sys.stdout.write("".join(f"{line}\n" for line in (*lines, *end)))
    return UNPROVEN_EXIT if found.flaws else 0


def verify_print(
    code: str | None, paper: Path | None, door: Door, tr: Words, *, name: str, passphrase: Callable[[], str]
) -> int:
    """Hold a print against the records, by its ``code`` or as the PDF ``paper``; 0 when it belongs to a whole one.

    Returns ``UNPROVEN_EXIT`` for one that does not, or that was withdrawn or entered in error. Raises ``Fault``.
    """
    from needlelog.services.prints import Match

    with _opened(door, name, passphrase) as desk:
        found = desk.prints.of_file(paper) if paper is not None else (desk.prints.of_code(code or ""),)
    for verdict in found:
        lines = (verdict.says, *(tr("Note: {note}", note=note) for note in verdict.notes))
        sys.stdout.write("".join(f"{line}\n" for line in lines))
    return 0 if all(one.match is Match.WHOLE for one in found) else UNPROVEN_EXIT


@contextmanager
def _opened(door: Door, name: str, passphrase: Callable[[], str]) -> Iterator[Desk]:
    """The clinic for as long as the block lasts; the folder is held, so nobody else writes meanwhile."""
    if door.is_new:
        raise Fault(FaultCode.CLINIC_MISSING, path=door.folder.root)
    door.enter()
    try:
        desk = door.unlock(_who(door, name), passphrase())
        try:
            yield desk
        finally:
            desk.close()
    finally:
        door.leave()


def _who(door: Door, name: str) -> str:
    """The id of the practitioner of this name, or of the only one."""
    tiles = door.tiles()
    meant = [one for one in tiles if not name or one.name.casefold() == name.strip().casefold()]
    if len(meant) != 1:
        raise Fault(FaultCode.PRACTITIONER_UNNAMED, names=", ".join(one.name for one in tiles))
    return meant[0].practitioner_id
