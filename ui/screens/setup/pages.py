"""The four pages of the first run. Each keeps what was typed while one goes back and forth."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from needlelog.domain.entry import parse_line
from needlelog.i18n import Words
from needlelog.paths import in_sync_folder, on_network
from needlelog.vault.recovery import RecoveryKey
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.theme import SPACE
from ui.widgets.clinic_form import ClinicForm
from ui.widgets.labelled_field import LabelledField
from ui.widgets.line_fields import LineField
from ui.widgets.notice import Notice
from ui.widgets.passphrase_pair import PassphrasePair
from ui.widgets.recovery_card import RecoveryCard

NAME_LIMIT = 120
CREDENTIALS_LIMIT = 120


class Page(QScrollArea):
    """A heading, a sentence, and fields in a column that scrolls where the window is small."""

    next_asked = Signal()

    def __init__(self, kit: Kit, title: str, lead: str, width: int = 720) -> None:
        super().__init__()
        self.kit = kit
        self.name = title
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        inner.setProperty("scrolled", "true")
        outer = QVBoxLayout(inner)
        side = round(6 * SPACE / kit.theme.scale)
        outer.setContentsMargins(side, SPACE + 4, side, 0)
        held = QWidget()
        held.setMaximumWidth(round(width * kit.theme.scale))
        self.column = QVBoxLayout(held)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(SPACE)
        head = QVBoxLayout()
        head.setSpacing(4)
        head.addWidget(label(title, "display", wrap=True))
        head.addWidget(label(lead, "lead", muted=True, wrap=True))
        self.column.addLayout(head)
        # In a row, because only there its greatest width counts when the height is worked out.
        row = QHBoxLayout()
        row.addWidget(held, 1)
        row.addStretch(0)
        outer.addLayout(row)
        outer.addStretch(1)
        self.setWidget(inner)

    def check(self) -> bool:
        """Show what is wrong here, and go there; True when one may go on."""
        return True

    def enter(self) -> None:
        """Put the focus into the first field."""


class ClinicPage(Page):
    """Whose papers these are."""

    def __init__(self, kit: Kit, emergency_number: Callable[[str], str]) -> None:
        tr = kit.tr
        super().__init__(
            kit, tr("Your clinic"), tr("This is printed at the top of every paper. You can change it later.")
        )
        self.form = ClinicForm(kit.theme, tr, kit.dialogs, kit.tasks, emergency_number)
        self.form.start_from_system()
        self.column.addWidget(self.form)

    def check(self) -> bool:
        return self.form.check()

    def enter(self) -> None:
        self.form.name.editor.setFocus()


class PractitionerPage(Page):
    """Who treats first, and the passphrase that opens the clinic."""

    def __init__(self, kit: Kit) -> None:
        tr = kit.tr
        lead = tr("Your name is printed under each record. Your passphrase opens the clinic; nobody can look it up.")
        super().__init__(kit, tr("You"), lead, width=560)
        self.practitioner = name_field(kit)
        self.credentials = credentials_field(kit)
        self.pair = PassphrasePair(kit.theme, tr)
        self.column.addWidget(self.practitioner)
        self.column.addWidget(self.credentials)
        self.column.addWidget(self.pair)
        self.pair.entered.connect(self.next_asked)

    def check(self) -> bool:
        wrong = [field for field in (self.practitioner, self.credentials) if not field.check()]
        if wrong:
            wrong[0].editor.setFocus()
            return False
        return self.pair.check()

    def enter(self) -> None:
        self.practitioner.editor.setFocus()


def name_field(kit: Kit) -> LabelledField[str]:
    """A practitioner's name as it stands under a record."""
    caption = kit.tr("Your name")
    return LineField(
        kit.theme,
        kit.tr,
        caption,
        lambda text: parse_line(text, field=caption, limit=NAME_LIMIT, required=True),
        required=True,
    )


def credentials_field(kit: Kit) -> LabelledField[str]:
    """What stands behind the name."""
    caption = kit.tr("Credentials")
    return LineField(
        kit.theme,
        kit.tr,
        caption,
        lambda text: parse_line(text, field=caption, limit=CREDENTIALS_LIMIT),
        placeholder=kit.tr("RN, LE, Dr. med."),
    )


class RecoveryPage(Page):
    """The key that opens the clinic when every passphrase is lost."""

    print_asked = Signal()
    save_asked = Signal()

    def __init__(self, kit: Kit, key: RecoveryKey) -> None:
        tr = kit.tr
        lead = tr(
            "If every passphrase is forgotten, only this key opens your records. It is shown once. "
            "Print it or write it down, and keep it away from this computer."
        )
        super().__init__(kit, tr("Recovery key"), lead, width=640)
        self.card = RecoveryCard(kit.theme, tr, key)
        self.notice = Notice(kit.theme, "ok")
        self.notice.hide()
        self.column.addWidget(self.card)
        self.column.addWidget(self.notice)
        self.card.print_asked.connect(self.print_asked)
        self.card.save_asked.connect(self.save_asked)
        self.card.entered.connect(self.next_asked)

    def check(self) -> bool:
        return self.card.check()

    def enter(self) -> None:
        self.card.confirmation.editor.setFocus()


class PlacePage(Page):
    """Where the clinic will live, and the last word before it is made."""

    folder_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        tr = kit.tr
        lead = tr("Everything is kept in one encrypted folder on this computer. Back it up regularly.")
        super().__init__(kit, tr("Where your data is kept"), lead, width=640)
        card = QFrame()
        card.setProperty("surface", "card")
        self._grid = QGridLayout(card)
        self._grid.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 3 * SPACE)
        self._grid.setHorizontalSpacing(3 * SPACE)
        self._grid.setVerticalSpacing(2 * SPACE)
        self._grid.setColumnStretch(1, 1)
        self._values = {}
        for row, (key, caption) in enumerate(
            (("clinic", tr("Clinic")), ("practitioner", tr("Practitioner")), ("folder", tr("Folder")))
        ):
            self._values[key] = label("", "lead", wrap=True)
            self._grid.addWidget(label(caption, "body", muted=True), row, 0)
            self._grid.addWidget(self._values[key], row, 1)
        self.choose = button(kit.theme, tr("Choose another folder"), "secondary")
        self.choose.setMinimumHeight(48)
        self.choose.clicked.connect(self.folder_asked)
        self._grid.addWidget(self.choose, 3, 1, Qt.AlignmentFlag.AlignLeft)
        self.warning = Notice(kit.theme, "hold")
        self.warning.hide()
        self.problem = Notice(kit.theme, "stop")
        self.problem.hide()
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(tr("Setting up"))
        self.working = label(tr("Making the keys and the encrypted database…"), "body", muted=True)
        for part in (card, self.warning, self.problem, self.progress, self.working):
            self.column.addWidget(part)
        self.show_working(False)

    def show_place(self, clinic: str, practitioner: str, folder: Path) -> None:
        """Say what will be made where, and warn of a folder that is copied or shared while it is used."""
        self._values["clinic"].setText(clinic)
        self._values["practitioner"].setText(practitioner)
        self._values["folder"].setText(breakable(str(folder)))
        self._values["folder"].setAccessibleName(str(folder))
        self.warning.say(place_warning(self.kit.tr, folder), "hold")
        self.problem.say("")

    def show_working(self, working: bool) -> None:
        """Show, or take away, that the clinic is being made."""
        self.progress.setVisible(working)
        self.working.setVisible(working)
        self.choose.setEnabled(not working)
        if working:
            self.problem.say("")


def breakable(path: str) -> str:
    """``path`` with places where a line may break, so that a long one never widens the window."""
    return path.replace("/", "/\u200b").replace("\\", "\\\u200b")


def place_warning(tr: Words, folder: Path) -> str:
    """Why this folder is a risky place, or ""."""
    program = in_sync_folder(folder)
    if program:
        return tr(
            "This folder seems to be copied by {program}. It may copy the database while it is written: "
            "better choose a folder that is not, and make backups instead.",
            program=program,
        )
    if on_network(folder):
        return tr("This folder is on the network. A database can break there: choose a folder on this computer.")
    return ""
