"""A paper's texts as they are being written: what differs from the shipped ones, what is left out, what is empty."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from needlelog.documents.sheet_texts import SheetTexts
from ui.screens.templates.contents import TextLine


class Wording:
    """The clinic's own words, held apart from what is kept until they are kept too.

    A line that is left out and one whose entry was merely emptied are two things: the second is a mistake until
    somebody says so.
    """

    def __init__(
        self, shipped: SheetTexts, kept: Mapping[str, str], number: int, base: Mapping[str, str] | None = None
    ) -> None:
        self.shipped = shipped
        self._base = base or {}
        self.number = number
        """Of the version that it was written beside; 0 for the shipped texts."""
        self.kept = {key: text for key, text in kept.items() if key in shipped.texts}
        self._typed: dict[str, str] = {key: text for key, text in self.kept.items() if text.strip()}
        self._out = {key for key, text in self.kept.items() if not text.strip()}

    def take(self, typed: Mapping[str, str], left_out: Collection[str]) -> None:
        """Go on with what stood in the entries, an emptied one empty, and with these lines left out."""
        self._typed = {key: text for key, text in typed.items() if key in self.shipped.texts}
        self._out = {key for key in left_out if key in self.shipped.texts}

    @property
    def typed(self) -> Mapping[str, str]:
        """What stands in the entries that do not hold the shipped words, "" in those that were emptied."""
        return dict(self._typed)

    @property
    def left_out(self) -> frozenset[str]:
        """The keys of the lines that are left out."""
        return frozenset(self._out)

    def shipped_then(self, key: str) -> str:
        """The shipped words beside which the kept ones were written, where others are shipped today; "" else."""
        then = self._base.get(key, "")
        return then if then != self.shipped.texts[key] else ""

    def text(self, key: str) -> str:
        """What stands in the entry of this text."""
        return self._typed.get(key, self.shipped.texts[key])

    def say(self, key: str, text: str) -> None:
        """This text now reads so; the shipped words make it the shipped one again."""
        if text.strip() == self.shipped.texts[key].strip():
            self._typed.pop(key, None)
        else:
            self._typed[key] = text

    def leave_out(self, line: TextLine) -> None:
        """Leave a line out of the paper."""
        self._out.add(line.out)

    def put_back(self, line: TextLine) -> None:
        """Take a line in again, with the words it had."""
        self._out.discard(line.out)

    def as_shipped(self, line: TextLine) -> None:
        """Take the shipped words for all of a line, and take it in again."""
        self.put_back(line)
        for key in line.keys:
            self._typed.pop(key, None)

    def is_out(self, line: TextLine) -> bool:
        """Whether the line is left out."""
        return bool(line.out) and line.out in self._out

    def is_overtaken(self, line: TextLine) -> bool:
        """Whether other words are shipped for a line today than when it was worded."""
        return any(self.shipped_then(key) for key in (*line.keys, line.out) if key)

    def is_own(self, line: TextLine) -> bool:
        """Whether the line is not the shipped one any more."""
        return self.is_out(line) or any(key in self._typed for key in line.keys)

    def emptied(self) -> tuple[str, ...]:
        """The texts whose entry was emptied and that nobody left out."""
        texts = self._typed.items()
        return tuple(key for key, text in texts if not text.strip() and not self._covered(key))

    def texts(self) -> dict[str, str]:
        """What differs from the shipped texts, as it is kept; an emptied entry counts as the shipped text."""
        said = {key: text.strip() for key, text in self._typed.items() if text.strip() and not self._covered(key)}
        return said | dict.fromkeys(self._out, "")

    @property
    def unsaved(self) -> bool:
        """Whether anything here is not kept yet."""
        return bool(self.emptied()) or self.texts() != {key: text.strip() for key, text in self.kept.items()}

    def changed(self) -> tuple[str, ...]:
        """The keys of what is not as it was kept last."""
        now, before = self.texts(), {key: text.strip() for key, text in self.kept.items()}
        return tuple(key for key in self.shipped.texts if now.get(key) != before.get(key))

    def _covered(self, key: str) -> bool:
        """Whether the line of this text is left out, so that its words do not matter."""
        return key in self._out or f"{key.rpartition('.')[0]}.text" in self._out
