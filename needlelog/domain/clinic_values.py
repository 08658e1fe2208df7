"""What a clinic puts in the place of a figure of the reference data, with the reason; ours is never lost."""

from __future__ import annotations

from uuid import UUID

from needlelog.domain.value import Line, Moment, Named, Paragraphs, Value


class ClinicValue(Value):
    """One decision about one figure: ``value`` in the clinic's place of ours, or "" when ours was taken back.

    ``kind`` is the table of the reference data, ``entry`` and ``key`` the place in it, ``ours`` what stood there then.
    """

    id: UUID
    kind: Named
    entry: Named
    key: Named
    value: Line
    ours: Line
    reason: Paragraphs
    by: Named
    at: Moment

    @property
    def place(self) -> tuple[str, str, str]:
        """What it is about."""
        return self.kind, self.entry, self.key
