"""The depth bands that hold for a zone today: those of its site, or those of what the client came for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from needlelog.domain.findings import Source
from needlelog.knowledge.entry import sources_of
from needlelog.knowledge.model import Knowledge, Site


@dataclass(frozen=True, slots=True)
class Bands:
    """Where to start, from where it is deep, and from where it needs a reason, in millimetres; None where unknown."""

    default_from_mm: Decimal | None
    default_to_mm: Decimal | None
    warn_above_mm: Decimal | None
    confirm_above_mm: Decimal | None
    reason: str
    sources: tuple[Source, ...]
    unsourced: bool = False
    """Whether nobody gives a depth for this skin: only the general ceiling holds."""


def bands_of(knowledge: Knowledge, zone: str, concerns: Iterable[str] = ()) -> Bands:
    """The bands of ``zone`` for all of ``concerns`` together, the strictest of each; raises ``KeyError``.

    What is allowed to go deeper for one concern does not for another that is treated in the same visit.
    """
    site = knowledge.site_of(zone)
    each = [_for_concern(knowledge, site, concern) for concern in concerns if concern in knowledge.concerns]
    return _rising(_together(each) if each else _of_site(site))


def _rising(bands: Bands) -> Bands:
    """The start is never above what is deep, whoever set which: the stepper stands there before anybody chose."""
    deep = _least(iter((bands.warn_above_mm, bands.confirm_above_mm)))
    usual = _held(bands.default_to_mm, deep)
    return replace(bands, default_from_mm=_held(bands.default_from_mm, usual, deep), default_to_mm=usual)


def _held(depth: Decimal | None, *limits: Decimal | None) -> Decimal | None:
    return None if depth is None else _least(iter((depth, *limits)))


def _together(each: Iterable[Bands]) -> Bands:
    each = tuple(each)
    return Bands(
        default_from_mm=_least(one.default_from_mm for one in each),
        default_to_mm=_least(one.default_to_mm for one in each),
        warn_above_mm=_least(one.warn_above_mm for one in each),
        confirm_above_mm=_least(one.confirm_above_mm for one in each),
        reason=" ".join(dict.fromkeys(one.reason for one in each if one.reason)),
        sources=tuple(dict.fromkeys(source for one in each for source in one.sources)),
        unsourced=all(one.unsourced for one in each),
    )


def _least(depths: Iterator[Decimal | None]) -> Decimal | None:
    return min((depth for depth in depths if depth is not None), default=None)


def _of_site(site: Site) -> Bands:
    return Bands(
        site.default_from_mm,
        site.default_to_mm,
        site.warn_above_mm,
        site.confirm_above_mm,
        site.guidance,
        sources_of(site, "confirm_above_mm", "warn_above_mm", ""),
        is_unsourced(site),
    )


def is_unsourced(site: Site) -> bool:
    """Whether no depth for this skin was found, and the clinic has set none either."""
    # A depth set for radio frequency says nothing of a needle.
    own = [value for value in site.own if value.key != "rf_above_mm"]
    return not site.never and site.default_to_mm is None and site.warn_above_mm is None and not own


def _for_concern(knowledge: Knowledge, site: Site, concern: str) -> Bands:
    own, wish = _of_site(site), knowledge.concerns[concern]
    band = next((one for one in site.for_concerns if one.concern == concern), None)
    # A limit that the clinic set for the site holds for every concern.
    changed = {value.key for value in site.own}
    if band is not None and not changed & {"warn_above_mm", "confirm_above_mm"}:
        return Bands(
            band.default_from_mm or own.default_from_mm,
            band.default_to_mm or own.default_to_mm,
            band.warn_above_mm or own.warn_above_mm,
            band.confirm_above_mm or own.confirm_above_mm,
            band.note or own.reason,
            own.sources,
        )
    limit = wish.never_deeper_mm
    if limit is None or (own.warn_above_mm is not None and own.warn_above_mm <= limit):
        return own
    return Bands(
        own.default_from_mm,
        _least(iter((own.default_to_mm, limit))),
        limit,
        own.confirm_above_mm,
        wish.note,
        (*sources_of(wish, "never_deeper_mm", "depth_to_mm"), *own.sources),
    )
