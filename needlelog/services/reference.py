"""The reference data at work: ours with the clinic's own values laid over it, searched, and decided on."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import uuid4

from needlelog.clock import Clock
from needlelog.domain.clinic import Practitioner
from needlelog.domain.clinic_values import ClinicValue
from needlelog.domain.entry import parse_decimal
from needlelog.domain.text import check_reason
from needlelog.errors import Fault, FaultCode
from needlelog.i18n import Words
from needlelog.knowledge.contents import title_of
from needlelog.knowledge.figures import KINDS, Figure, figures_of, is_device_or_anaesthetic, text_of
from needlelog.knowledge.model import Entry, Knowledge
from needlelog.knowledge.own_values import Laid, carried_over, laid_over
from needlelog.storage.clinic_values import ClinicValueRepository
from needlelog.storage.products import ProductRepository

BEYOND = Decimal(10**9)
"""No figure comes near it; what one may be at most is said by the values around it."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why the program's own reference files are not in use, and the version of the set that is."""

    fault: Fault
    version: str

    def says(self, tr: Words) -> str:
        """Which file is damaged, and which set is in use instead."""
        said = tr(
            "The program's reference data is damaged, so the last good set ({version}) is used.", version=self.version
        )
        return f"{said} {tr.fault(self.fault)}"


class Reference:
    """What the practice goes by. ``me`` is whoever is unlocked now."""

    def __init__(
        self,
        shipped: Knowledge,
        decisions: ClinicValueRepository,
        products: ProductRepository,
        *,
        clock: Clock,
        tr: Words,
        me: Practitioner,
        trouble: Trouble | None = None,
    ) -> None:
        self._shipped = shipped
        self._repository = decisions
        self._products = products
        self._clock = clock
        self._tr = tr
        self._me = me
        self.trouble = trouble
        self._decisions = decisions.all()
        self._laid = self._over(self._decisions)

    @property
    def knowledge(self) -> Knowledge:
        """What the rules go by now: ours, with the clinic's values in the place of ours."""
        return self._laid.knowledge

    @property
    def ours(self) -> Knowledge:
        """The set as it came with the program."""
        return self._shipped

    @property
    def misfits(self) -> tuple[ClinicValue, ...]:
        """Own values that do not fit this set any more: there ours counts until somebody decides anew."""
        return self._laid.misfits

    def notices(self) -> tuple[str, ...]:
        """What everybody who treats must know: damaged files, and own values that do not count any more."""
        tr = self._tr
        said = [self.trouble.says(tr)] if self.trouble is not None else []
        if self.misfits:
            named = "; ".join(self._named(one) for one in self.misfits)
            said.append(
                tr("These own values do not fit the reference data any more, so ours count: {named}.", named=named)
            )
        if damaged := self._repository.damaged():
            named = "; ".join(self._called(entry) for entry in damaged)
            told = tr(
                "The clinic's own value is damaged and does not count: {named}. What was decided before it counts, or "
                "else ours. Look at it in Knowledge and decide anew.",
                named=named,
            )
            said.append(told)
        return tuple(said)

    def _called(self, entry: str) -> str:
        """An entry by its name, or by what is left of a damaged one."""
        for table in self._shipped.tables().values():
            if entry in table:
                return title_of(table[entry], self._tr)
        return entry or self._tr("one whose entry cannot be told")

    def _named(self, decision: ClinicValue) -> str:
        tr, entry = self._tr, self._shipped.entry(f"{decision.kind}:{decision.entry}")
        kind = KINDS.get(decision.kind, {}).get(decision.key)
        name = title_of(entry, tr) if entry is not None else decision.entry
        figure = tr(kind.name) if kind is not None else decision.key
        unit = tr(kind.unit) if kind is not None else ""
        return f"{name}, {figure} {decision.value} {unit}".strip()

    @property
    def decisions(self) -> tuple[ClinicValue, ...]:
        """Every decision ever made, the oldest first."""
        return self._decisions

    def history(self, table: str, entry: str) -> tuple[ClinicValue, ...]:
        """The decisions about one entry, the newest first."""
        return tuple(one for one in reversed(self._decisions) if (one.kind, one.entry) == (table, entry))

    def figures(self, table: str, entry: str) -> tuple[Figure, ...]:
        """The figures of one entry that the clinic may set, as they stand now."""
        return figures_of(self.knowledge, table, entry)

    def figure(self, place: tuple[str, str, str]) -> Figure:
        """One figure as it stands now; raises ``Fault(FIGURE_NOT_OURS)``."""
        table, entry, key = place
        found = next((one for one in self.figures(table, entry) if one.key == key), None)
        if found is None:
            raise Fault(FaultCode.FIGURE_NOT_OURS)
        return found

    def ours_at(self, place: tuple[str, str, str]) -> str:
        """What stands there in ours; "" where nobody gives a figure."""
        table, entry, key = place
        return next((one.value for one in figures_of(self._shipped, table, entry) if one.key == key), "")

    def check(self, place: tuple[str, str, str], typed: str) -> str:
        """The value in ``typed`` as it would be stored; raises ``Fault`` for what cannot stand in this place."""
        figure = self.figure(place)
        if figure.choices:
            if typed not in figure.choices:
                raise Fault(FaultCode.FIGURE_DOES_NOT_FIT, field=self._tr(figure.kind.name))
            return typed
        return text_of(self._number(figure, typed))

    def _number(self, figure: Figure, typed: str) -> Decimal:
        tr, kind = self._tr, figure.kind
        name, unit = tr(kind.name), tr(kind.unit)
        number = parse_decimal(typed, field=name, minimum=-BEYOND, maximum=BEYOND, places=kind.places, unit=unit)
        values = {"field": name, "unit": unit}
        if number < figure.least:
            code = FaultCode.FIGURE_BELOW if figure.below else FaultCode.ENTRY_TOO_SMALL
            raise Fault(code, limit=text_of(figure.least), other=tr(figure.below), **values)
        if number > figure.most:
            code = FaultCode.FIGURE_ABOVE if figure.above else FaultCode.ENTRY_TOO_LARGE
            raise Fault(code, limit=text_of(figure.most), other=tr(figure.above), **values)
        return number

    def decide(self, place: tuple[str, str, str], typed: str, reason: str) -> ClinicValue:
        """Put the clinic's own value in the place of ours; raises ``Fault`` for one that cannot stand there.

        REASON_MISSING for none, FIGURE_AS_OURS for the value that stands there already.
        """
        check_reason(reason)
        value = self.check(place, typed)
        if value == self.figure(place).value:
            raise Fault(FaultCode.FIGURE_AS_OURS)
        # Back to what we ship is no own value: nothing is left to mark.
        return self._keep(place, "" if value == self.ours_at(place) else value, reason)

    def take_back(self, place: tuple[str, str, str], reason: str) -> ClinicValue:
        """Let ours count again; raises ``Fault`` (REASON_MISSING, or FIGURE_DOES_NOT_FIT beside other own values)."""
        check_reason(reason)
        if not any(one.place == place for one in self._decisions):
            raise Fault(FaultCode.FIGURE_NOT_OURS)
        return self._keep(place, "", reason)

    def _keep(self, place: tuple[str, str, str], value: str, reason: str) -> ClinicValue:
        table, entry, key = place
        decision = ClinicValue(
            id=uuid4(),
            kind=table,
            entry=entry,
            key=key,
            value=value,
            ours=self.ours_at(place),
            reason=reason,
            by=self._me.signature,
            at=self._clock.now(),
        )
        decisions = (*self._decisions, decision)
        laid = self._over(decisions)
        if not set(laid.misfits) <= set(self._laid.misfits):
            figure = next((one for one in figures_of(self._shipped, table, entry) if one.key == key), None)
            named = {"field": self._tr(figure.kind.name)} if figure else {}
            raise Fault(FaultCode.FIGURE_DOES_NOT_FIT, **named)
        self._repository.add(decision)
        self._decisions, self._laid = decisions, laid
        self._carry_over(table, entry, key)
        return decision

    def _carry_over(self, table: str, id_: str, key: str) -> None:
        """Let the clinic's own product list follow: the rules read a device's and a label's limits there."""
        entry = self.knowledge.entry(f"{table}:{id_}")
        if entry is None or not is_device_or_anaesthetic(entry):
            return
        for product in self._products.all(active_only=False):
            if product.knowledge_id != id_:
                continue
            if product.device is not None:
                self._products.save(product.with_(device=carried_over(product.device, key, entry)))
            elif product.anaesthetic is not None:
                self._products.save(product.with_(anaesthetic=carried_over(product.anaesthetic, key, entry)))

    def entry(self, place: str) -> Entry | None:
        """The entry of a reference ``table:entry`` as it stands now, or None."""
        return self.knowledge.entry(place)

    def _over(self, decisions: tuple[ClinicValue, ...]) -> Laid:
        return laid_over(self._shipped, decisions, self._tr)
