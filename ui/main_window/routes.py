"""Which screen answers which route; a screen's module is loaded when somebody first goes there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from importlib import import_module
from typing import TYPE_CHECKING, Any

from needlelog.services.door import Door
from ui.toolkit.kit import Kit
from ui.toolkit.screen import (
    EditClient,
    EditSeries,
    EndSeries,
    Route,
    Screen,
    StartVisit,
    ToClient,
    ToClients,
    ToEntry,
    ToEvent,
    ToFollowUp,
    ToKnowledge,
    ToLot,
    ToPaper,
    ToPreparation,
    ToProducts,
    ToRecord,
    ToSession,
    ToSettings,
    ToTemplates,
    ToToday,
    ToVisitPaper,
)

if TYPE_CHECKING:
    from needlelog.services.desk import Desk

    ScreenMaker = Callable[[Kit, Desk, Door, Route], Screen]

SCREENS: Mapping[type, tuple[str, str]] = {
    ToToday: ("ui.screens.today.screen", "TodayScreen"),
    ToClients: ("ui.screens.clients.screen", "ClientsScreen"),
    ToClient: ("ui.screens.client.screen", "ClientScreen"),
    EditClient: ("ui.screens.client_form.screen", "ClientFormScreen"),
    EditSeries: ("ui.screens.series.screen", "SeriesFormScreen"),
    EndSeries: ("ui.screens.series.ending", "EndSeriesScreen"),
    ToSession: ("ui.screens.session.screen", "SessionScreen"),
    ToRecord: ("ui.screens.record.screen", "RecordScreen"),
    ToFollowUp: ("ui.screens.follow_up.screen", "FollowUpScreen"),
    ToEvent: ("ui.screens.adverse_event.screen", "EventScreen"),
    ToPaper: ("ui.screens.paper.screen", "PaperScreen"),
    ToVisitPaper: ("ui.screens.paper.made", "VisitPaperScreen"),
    ToPreparation: ("ui.screens.preparation.screen", "PreparationScreen"),
    ToLot: ("ui.screens.lots.screen", "LotsScreen"),
    ToProducts: ("ui.screens.products.screen", "ProductsScreen"),
    ToKnowledge: ("ui.screens.knowledge.screen", "KnowledgeScreen"),
    ToEntry: ("ui.screens.knowledge.screen", "KnowledgeScreen"),
    ToTemplates: ("ui.screens.templates.screen", "TemplatesScreen"),
    ToSettings: ("ui.screens.settings.screen", "SettingsScreen"),
}
"""Module and class by route; the class is called with kit, desk and the fields of the route."""

ROOTS = (ToToday, ToClients, ToProducts, ToKnowledge, ToSettings)
"""Places of the rail, whatever they are asked for: going there starts a new way back."""

PLACE_OF: Mapping[type, str] = {
    ToToday: "today",
    ToProducts: "products",
    ToLot: "lots",
    ToKnowledge: "knowledge",
    ToEntry: "knowledge",
    ToTemplates: "knowledge",
    ToSettings: "settings",
}
"""The mark in the rail; everything else is about a client."""


def is_root(route: Route) -> bool:
    """Whether going there starts a new way back."""
    return isinstance(route, ROOTS) or route == ToLot()


def screen_class(route_type: type) -> Any:
    """The class that answers routes of this type."""
    module, name = SCREENS[route_type]
    return getattr(import_module(module), name)


def make_screen(kit: Kit, desk: Desk, door: Door, route: Route) -> Screen:
    """A new screen for ``route``; raises ``Fault`` where what it shows is not there."""
    made = screen_class(type(route))
    values = [getattr(route, field.name) for field in fields(route)]
    extra = [door] if isinstance(route, ToSettings) else []
    screen: Screen = made(kit, desk, *extra, *values)
    return screen


def is_passing(route: Route, following: Route) -> bool:
    """Whether one never comes back to ``route`` after going on to ``following``."""
    if isinstance(route, ToEvent):
        return route.event_id is None and isinstance(following, ToEvent)
    return isinstance(route, EditClient | EditSeries | EndSeries | StartVisit) or (
        isinstance(route, ToSession | ToFollowUp) and isinstance(following, ToRecord)
    )
