"""One act in a process of its own, killed at one moment: ``python -m tests.integration.services.keeping_child``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from needlelog.domain.own_texts import SheetKind
from needlelog.services.desk import Desk
from needlelog.storage.connection import SCHEMA
from needlelog.storage.migrate import migrate
from needlelog.vault.recovery import RecoveryKey
from tests.desks import PASSPHRASE, StandingClock, a_door
from tests.e2e.plug import Plug
from tests.integration.storage.conftest import KEY

MAIN = "Your skin heals now. Keep it clean and cool. If anything worries you, call us."
NEW = "another passphrase of four words"
RECOVERY = RecoveryKey.new()

ACTS: dict[str, Callable[[Desk], object]] = {
    "wording": lambda desk: desk.templates.keep(SheetKind.AFTERCARE, "en", {"main": MAIN}),
    "passphrase": lambda desk: desk.practice.change_passphrase(PASSPHRASE, NEW),
    "recovery key": lambda desk: desk.practice.replace_recovery(RECOVERY),
}


def main() -> None:
    """Do the act until the plug is pulled; says so on the way out when it was not."""
    act, moment, folder, *migrations = sys.argv[1:]
    plug = Plug(moment)
    if act == "migration":
        plug.arm()
        migrate(Path(folder) / "clinic.db", KEY, SCHEMA, SCHEMA + 1, Path(migrations[0]))
    else:
        door = a_door(Path(folder), StandingClock())
        desk = door.unlock(door.tiles()[0].practitioner_id, PASSPHRASE)
        plug.arm()
        ACTS[act](desk)
    sys.exit(5)


if __name__ == "__main__":
    main()
