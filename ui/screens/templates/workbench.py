"""The paper that is being worded: its texts by their places, what the clinic keeps of them, and keeping more."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from needlelog.documents.beside_signs import BesideSign
from needlelog.documents.weakened import Weakened
from needlelog.domain.own_texts import OwnTextsDraft, OwnTextsVersion, SheetKind
from needlelog.errors import Fault
from needlelog.i18n import Words
from needlelog.services.desk import Desk
from needlelog.services.templates import Checked
from ui.screens.templates.contents import Group, TextLine, groups
from ui.screens.templates.wording import Wording


class Workbench:
    """One paper in one language."""

    def __init__(self, desk: Desk, tr: Words, sheet: SheetKind, language: str) -> None:
        self._templates = desk.templates
        self._tr = tr
        self.sheet = sheet
        languages = self.languages
        self.language = language if language in languages else self._templates.shipped(sheet, language).language
        self.right_to_left = Words(language=self.language).right_to_left
        shipped = self._templates.shipped(sheet, self.language)
        self.groups: tuple[Group, ...] = groups(sheet, shipped.texts, desk.knowledge, tr)
        self.lines: Mapping[str, tuple[Group, TextLine]] = {
            line.key: (group, line) for group in self.groups for line in group.lines
        }
        self._by_text = {key: line for _, line in self.lines.values() for key in (*line.keys, line.out) if key}
        self.reload()

    @property
    def languages(self) -> tuple[str, ...]:
        """Those in which there are texts of this paper."""
        return self._templates.languages(self.sheet)

    @property
    def current(self) -> OwnTextsVersion | None:
        """What counts now; None for the shipped texts."""
        return self._templates.current(self.sheet, self.language)

    @property
    def history(self) -> tuple[OwnTextsVersion, ...]:
        """Every version, the newest first."""
        return self._templates.history(self.sheet, self.language)

    @property
    def names(self) -> Mapping[str, str]:
        """What each text is called, by its key."""
        return {key: line.name for key, line in self._by_text.items()}

    @property
    def overtaken(self) -> bool:
        """Whether the program has other shipped texts now than those beside which the clinic wrote its own."""
        current = self.current
        return current is not None and bool(current.texts) and current.shipped != self.wording.shipped.version

    def reload(self) -> None:
        """Begin with what counts now."""
        current = self.current
        shipped = self._templates.shipped(self.sheet, self.language)
        self.wording = (
            Wording(shipped, current.texts, current.number, current.base) if current else Wording(shipped, {}, 0)
        )

    def follow(self) -> None:
        """Go on with one's own words on top of what was kept meanwhile."""
        mine = self.wording
        self.reload()
        self.wording.take(mine.typed, mine.left_out)

    def go_on(self, typed: Mapping[str, str], left_out: Collection[str], beside: int) -> None:
        """Go on with what was being written on top of version ``beside``."""
        self.wording.take(typed, left_out)
        self.wording.number = beside

    def restore(self) -> OwnTextsDraft | None:
        """Go on with what this practitioner was writing here, if it was neither put to use nor discarded."""
        draft = self._templates.draft(self.sheet, self.language)
        if draft is None:
            return None
        self.go_on(draft.texts, draft.left_out, draft.beside)
        if self.wording.unsaved:
            return draft
        self.reload()
        return None

    def save_draft(self) -> OwnTextsDraft | None:
        """Make what is being written durable, None where nothing is; raises the faults of writing."""
        wording = self.wording
        if not wording.unsaved:
            self._templates.drop_draft(self.sheet, self.language)
            return None
        return self._templates.save_draft(self.sheet, self.language, wording.typed, wording.left_out, wording.number)

    def discard(self) -> None:
        """Throw away what is being written, and begin with what counts now; raises the faults of writing."""
        self._templates.drop_draft(self.sheet, self.language)
        self.reload()

    def check(self) -> Checked:
        """What is to be said of the texts as they stand."""
        return self._templates.check(self.sheet, self.language, self.wording.texts())

    def wrong(self, checked: Checked) -> dict[str, str]:
        """What keeps texts from being kept, in sentences by key."""
        tr = self._tr
        # At the entry itself its name would only be in the way.
        here = {"field": tr("This text")}
        said = {key: str(tr.fault(Fault(fault.code, **(fault.values | here)))) for key, fault in checked.faults}
        for key in self.wording.emptied():
            if self._by_text[key].out:
                said[key] = tr(
                    "This text is empty, and is not left out by that. Leave the line out by its button, or take the "
                    "shipped words, which print until then."
                )
            else:
                said[key] = tr(
                    "This text is empty, and the paper cannot be without it. Take the shipped words, which print until "
                    "then, or write."
                )
        return said

    def line_of(self, key: str) -> TextLine:
        """The line in which this text stands."""
        return self._by_text[key]

    def changed(self) -> tuple[str, ...]:
        """The names of the lines that are not as they are kept, each once, in the order of the paper."""
        return tuple(self.lines[key][1].name for key in self._changed_lines())

    def first_line(self) -> str:
        """The key of the line to begin with: the first one that is being written, else the first of the paper."""
        return next(iter((*self._changed_lines(), *self.lines)))

    def _changed_lines(self) -> tuple[str, ...]:
        texts = (*self.wording.changed(), *self.wording.emptied())
        keys = {self._by_text[key].key for key in texts if key in self._by_text}
        return tuple(key for key in self.lines if key in keys)

    def weakened(self, checked: Checked) -> tuple[tuple[str, Weakened], ...]:
        """What says less than the shipped texts, each with the name of its line."""
        names = self.names
        return tuple((names.get(one.key, one.key), one) for one in checked.weakened)

    def to_confirm(self, checked: Checked) -> tuple[tuple[str, BesideSign], ...]:
        """What must be read beside the sign it prints with, each with the name of its line."""
        names = self.names
        asked = self._templates.to_confirm(self.sheet, self.language, checked)
        return tuple((names.get(one.key, one.key), one) for one in asked)

    def overtaken_names(self) -> tuple[str, ...]:
        """The names of the lines of the clinic's own for which other words are shipped now."""
        return tuple(line.name for _, line in self.lines.values() if self.wording.is_overtaken(line))

    def keep(self, reason: str = "", reviewed_by: str = "", confirmed: Collection[str] = ()) -> None:
        """Make it count from now on; raises ``Fault`` as ``Templates.keep`` does."""
        self._templates.keep(
            self.sheet,
            self.language,
            self.wording.texts(),
            reason=reason,
            reviewed_by=reviewed_by,
            confirmed=confirmed,
            expected=self.wording.number,
        )
        self.reload()

    def take_up(self, number: int) -> bool:
        """Write on with an older version of which something is to be read beside its sign; False where nothing is."""
        old = next((one for one in self.history if one.number == number), None)
        if old is None or not self._templates.unread(self.sheet, self.language, number):
            return False
        self.wording.take(
            {key: text for key, text in old.texts.items() if text.strip()},
            [key for key, text in old.texts.items() if not text.strip()],
        )
        return self.wording.unsaved

    def back_to(self, number: int, reason: str) -> None:
        """Make an older version count again, 0 for the shipped texts; raises ``Fault``."""
        self._templates.back_to(self.sheet, self.language, number, reason)
        self.reload()
