"""The plug, pulled at one exact moment: the process kills itself with SIGKILL, as ``kill -9`` from outside would."""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

CHANGES = ("INSERT", "UPDATE", "DELETE")


class Plug:
    """Pulled at ``moment``, counted from ``arm`` on.

    ``change N``: before the N-th changing statement reaches the database. ``commit N``: with the N-th transaction that
    changes something whole, but not yet made durable. ``committed N``: as soon as it is. ``rename N``: before the N-th
    file gets its real name.
    """

    def __init__(self, moment: str) -> None:
        kind, _, number = moment.partition(" ")
        self._kind = kind
        self._left = int(number or 1)
        self._changing = False

    def arm(self) -> None:
        """From now on the moment may come."""
        from sqlalchemy import Engine, Pool, event

        event.listen(Engine, "before_cursor_execute", self._on_statement)
        event.listen(Engine, "commit", self._on_commit)
        event.listen(Pool, "checkin", self._on_checkin)
        sys.addaudithook(self._on_audit)

    def _reached(self, kind: str) -> None:
        if kind != self._kind:
            return
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def _on_statement(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.lstrip().startswith(CHANGES):
            self._changing = True
            self._reached("change")

    def _on_commit(self, _connection: Any) -> None:
        if self._changing:
            self._reached("commit")

    def _on_checkin(self, *_: Any) -> None:
        if self._changing:
            self._changing = False
            self._reached("committed")

    def _on_audit(self, event: str, _arguments: tuple[Any, ...]) -> None:
        if event == "os.rename":
            self._reached("rename")
