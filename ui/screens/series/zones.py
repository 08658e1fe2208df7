"""The zones of a series: one part of the body at a time, what is chosen elsewhere stays chosen."""

from __future__ import annotations

from PySide6.QtCore import Signal

from needlelog.i18n import Words
from needlelog.knowledge.model import Knowledge
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.widgets.card import Card
from ui.widgets.chips import ChipRow


def _areas(tr: Words) -> dict[str, tuple[str, frozenset[str]]]:
    """Each part of the body with its name and the areas of the reference data that it holds."""
    return {
        "face": (tr("Face"), frozenset({"face", "eye"})),
        "neck": (tr("Neck and chest"), frozenset({"neck", "chest"})),
        "scalp": (tr("Scalp"), frozenset({"scalp"})),
        "body": (tr("Body"), frozenset({"body"})),
    }


class ZonesCard(Card):
    """Zones that are never needled are not offered."""

    edited = Signal()

    def __init__(self, kit: Kit, knowledge: Knowledge) -> None:
        super().__init__(kit.tr("Zones"))
        self._kit = kit
        self._knowledge = knowledge
        self._chosen: tuple[str, ...] = ()
        tr = kit.tr
        self._parts = _areas(tr)
        options = [(key, name) for key, (name, _) in self._parts.items()]
        self.part = ChipRow(kit.theme, tr("Part of the body"), options, clearable=False)
        self.part.set_value("face")
        self.part.changed.connect(lambda _: self._offer())
        self.chips = ChipRow(kit.theme, tr("Zones of the series"), [], multiple=True)
        self.chips.changed.connect(self._on_changed)
        self.said = label("", "body", muted=True, wrap=True)
        self.add(self.part)
        self.add(self.chips)
        self.add(self.said)
        self._offer()
        self._say()

    def zones(self) -> tuple[str, ...]:
        """What is chosen, in the order of the reference data."""
        return self._chosen

    def set_zones(self, zones: tuple[str, ...]) -> None:
        """Show these; the part that holds the first of them opens."""
        self._chosen = zones
        known = next((self._knowledge.zones[zone] for zone in zones if zone in self._knowledge.zones), None)
        if known is not None:
            self.part.set_value(next(key for key, (_, areas) in self._parts.items() if known.area in areas))
        self._offer()
        self._say()

    def say_wrong(self) -> None:
        """Ask for a zone."""
        self.said.setText(self._kit.tr("Choose at least one zone."))

    def _offered(self) -> list[str]:
        areas = self._parts[str(self.part.value())][1]
        zones = self._knowledge.zones.values()
        return [one.id for one in zones if one.area in areas and not self._knowledge.site_of(one.id).never]

    def _offer(self) -> None:
        offered = self._offered()
        self.chips.set_options([(zone, self._kit.tr(self._knowledge.zones[zone].name)) for zone in offered])
        self.chips.set_value(frozenset(self._chosen) & frozenset(offered))

    def _on_changed(self, chosen: object) -> None:
        picked = chosen if isinstance(chosen, frozenset) else frozenset()
        here = set(self._offered())
        kept = {zone for zone in self._chosen if zone not in here} | set(picked)
        unknown = [zone for zone in self._chosen if zone not in self._knowledge.zones]
        self._chosen = (*(zone for zone in self._knowledge.zones if zone in kept), *unknown)
        self._say()
        self.edited.emit()

    def _say(self) -> None:
        tr = self._kit.tr
        names = [
            tr(self._knowledge.zones[zone].name) if zone in self._knowledge.zones else zone for zone in self._chosen
        ]
        self.said.setText(", ".join(names) or tr("None chosen yet."))
