"""The clinic's own details: the first page of the first run, and a page of the settings."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from needlelog.domain.entry import parse_line, parse_paragraphs, parse_phone
from needlelog.errors import Fault
from needlelog.i18n import Words
from ui.toolkit.dialogs import Dialogs
from ui.toolkit.labels import label
from ui.toolkit.tasks import Tasks
from ui.toolkit.theme import SPACE, Theme
from ui.widgets import places
from ui.widgets.chips import ChipRow
from ui.widgets.choice_field import ChoiceField
from ui.widgets.labelled_field import LabelledField
from ui.widgets.line_fields import LineField, PhoneField
from ui.widgets.logo_picker import LogoPicker
from ui.widgets.paragraph_field import ParagraphField

if TYPE_CHECKING:
    from needlelog.domain.clinic import Clinic

NAME_LIMIT = 120
HOURS_LIMIT = 120
TEXT_LIMIT = 600
"""Characters; what has room at the head and the foot of a paper."""
_ONE_COLUMN_FROM = 1.4
"""Text scale from which the fields stand under one another."""


class ClinicForm(QWidget):
    """Fields for a ``Clinic``. ``emergency_number`` tells the number that papers print in a country."""

    edited = Signal()

    def __init__(
        self,
        theme: Theme,
        words: Words,
        dialogs: Dialogs,
        tasks: Tasks,
        emergency_number: Callable[[str], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._emergency_number = emergency_number
        self._language = "en"
        self._damaged: frozenset[str] = frozenset()
        self._make_fields(theme, words)
        self.logo = LogoPicker(theme, words, dialogs, tasks)
        for tall in (self.address, self.emergency):
            tall.editor.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
            tall.editor.setMaximumHeight(tall.editor.minimumHeight())
        self._lay_out(theme)
        self.country.committed.connect(self._country_changed)
        for field in self._fields():
            field.edited.connect(self.edited)
        self.paper.changed.connect(self.edited)
        self.logo.changed.connect(self.edited)
        self.setFocusProxy(self.name.editor)

    def _make_fields(self, theme: Theme, words: Words) -> None:
        def lines(caption: str, limit: int) -> Callable[[str], str]:
            return lambda text: parse_paragraphs(text, field=caption, limit=limit)

        name, hours = words("Clinic name"), words("When it is answered")
        address, emergency, phone = words("Address"), words("In an emergency"), words("Phone for clients")
        self.name: LabelledField[str] = LineField(
            theme,
            words,
            name,
            lambda text: parse_line(text, field=name, limit=NAME_LIMIT, required=True),
            required=True,
        )
        self.address: LabelledField[str] = ParagraphField(theme, words, address, lines(address, TEXT_LIMIT), lines=3)
        self.phone: LabelledField[str] = PhoneField(theme, words, phone, lambda text: parse_phone(text, field=phone))
        self.hours: LabelledField[str] = LineField(
            theme,
            words,
            hours,
            lambda text: parse_line(text, field=hours, limit=HOURS_LIMIT),
            placeholder=words("Mon to Fri, 9:00 to 18:00"),
        )
        self.emergency: LabelledField[str] = ParagraphField(
            theme,
            words,
            emergency,
            lines(emergency, TEXT_LIMIT),
            lines=2,
            hint=self._emergency_hint(""),
        )
        self.country: ChoiceField[str] = ChoiceField(theme, words, words("Country"), places.countries())
        self.time_zone: ChoiceField[str] = ChoiceField(theme, words, words("Time zone"), [], required=True)
        self.paper = ChipRow(theme, words("Paper"), [("A4", "A4"), ("Letter", "US Letter")], clearable=False)

    def _lay_out(self, theme: Theme) -> None:
        paper = QWidget()
        column = QVBoxLayout(paper)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label(self._words("Paper in the printer"), "strong"))
        column.addWidget(self.paper)
        column.addStretch(1)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(3 * SPACE)
        grid.setVerticalSpacing(SPACE + 4)
        top = Qt.AlignmentFlag.AlignTop
        if theme.scale >= _ONE_COLUMN_FROM:
            single = (self.name, self.address, self.phone, self.hours, self.country, self.time_zone)
            for row, widget in enumerate((*single, self.emergency, paper, self.logo)):
                grid.addWidget(widget, row, 0, top)
            return
        grid.addWidget(self.name, 0, 0, 1, 2, top)
        grid.addWidget(self.address, 1, 0, 2, 1, top)
        grid.addWidget(self.phone, 1, 1, top)
        grid.addWidget(self.hours, 2, 1, top)
        grid.addWidget(self.country, 3, 0, top)
        grid.addWidget(self.time_zone, 3, 1, top)
        grid.addWidget(self.emergency, 4, 0, 1, 2, top)
        grid.addWidget(paper, 5, 0, top)
        grid.addWidget(self.logo, 5, 1, top)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)

    def start_from_system(self) -> None:
        """Fill in what this computer knows: country, time zone, paper."""
        country, zone = places.system_country(), places.system_time_zone()
        self._offer_zones(country)
        self.country.set_value(country or None)
        self.time_zone.set_value(zone)
        self._country_changed(country or None, keep_zone=True)

    def show_clinic(self, clinic: Clinic, damaged: Collection[str] = ()) -> None:
        """Show a clinic's details; the fields of it that are ``damaged`` stay empty and have to be filled in."""
        self._offer_zones(clinic.country, clinic.time_zone)
        self.name.set_value(clinic.name)
        self.address.set_value(clinic.address)
        self.phone.set_value(clinic.phone)
        self.hours.set_value(clinic.phone_hours)
        self.emergency.set_value(clinic.emergency_text)
        self.country.set_value(clinic.country or None)
        self.time_zone.set_value(clinic.time_zone)
        self.paper.set_value(clinic.page_size.value)
        self.logo.set_logo(clinic.logo)
        self._language = clinic.language
        self._tell_number(clinic.country)
        self._damaged = frozenset(damaged)
        for name, field in self._named().items():
            if name in self._damaged:
                field.require()
                field.set_value(None)
                field.show_finding(self._words("This cannot be read any more. Fill it in anew."))
        if "page_size" in self._damaged:
            self.paper.set_value(None)

    def to_put_right(self) -> tuple[str, ...]:
        """The damaged fields that still stand empty; the language is always the one the program is in."""
        values: dict[str, object] = {name: field.value() for name, field in self._named().items()}
        values |= {"page_size": self.paper.value(), "logo": self.logo.logo(), "language": self._language}
        return tuple(name for name in values if name in self._damaged and not values[name])

    def check(self) -> bool:
        """Show everything that is wrong and go to the first of it; True when nothing is."""
        wrong = [field for field in self._fields() if not field.check()]
        if wrong:
            wrong[0].editor.setFocus()
        return not wrong

    def clinic(self) -> Clinic:
        """What was filled in; ``check`` must have said yes."""
        from needlelog.domain.clinic import Clinic, PageSize

        values: dict[str, Any] = {
            "name": self.name.value(),
            "address": self.address.value() or "",
            "phone": self.phone.value() or "",
            "phone_hours": self.hours.value() or "",
            "emergency_text": self.emergency.value() or "",
            "country": self.country.value() or "",
            "time_zone": self.time_zone.value(),
            "page_size": PageSize(str(self.paper.value())),
            "language": self._language,
            "logo": self.logo.logo(),
        }
        return Clinic(**values)

    def _named(self) -> dict[str, LabelledField[Any]]:
        return {
            "name": self.name,
            "address": self.address,
            "phone": self.phone,
            "phone_hours": self.hours,
            "country": self.country,
            "time_zone": self.time_zone,
            "emergency_text": self.emergency,
        }

    def _fields(self) -> tuple[LabelledField[Any], ...]:
        return tuple(self._named().values())

    def _country_changed(self, country: str | None, *, keep_zone: bool = False) -> None:
        country = country or ""
        if not keep_zone:
            own = places.time_zones(country)
            held = self.time_zone.value()
            fits = held in places.zones_of(country)
            self._offer_zones(country)
            self.time_zone.set_value(held if fits or not country else own[0][0])
        self.paper.set_value(places.paper_of(country))
        self._tell_number(country)
        self.edited.emit()

    def _offer_zones(self, country: str, held: str = "") -> None:
        zones = places.time_zones(country)
        known = {name for name, _ in zones}
        extra = [zone for zone in dict.fromkeys((held, places.system_time_zone())) if zone and zone not in known]
        self.time_zone.set_choices([*zones, *((zone, zone) for zone in extra)])

    def _tell_number(self, country: str) -> None:
        try:
            number = self._emergency_number(country) if country else ""
        except Fault as fault:
            self.emergency.show_finding(str(self._words.fault(fault)))
            return
        self.emergency.set_hint(self._emergency_hint(number))

    def _emergency_hint(self, number: str) -> str:
        if not number:
            return self._words("Printed on every aftercare sheet. Say here which number to call.")
        return self._words(
            "Every aftercare sheet prints {number} in large type and says when to call it. "
            "Check that it is right where you are, and add here only what else applies.",
            number=number,
        )
