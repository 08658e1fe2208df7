"""Needle depth against the device, the zone and the general ceiling. All figures are data (``sites.toml``).

The zones' bands come from mechanical needling; radio frequency is held against the device's own range, and is asked
about where it goes deeper than its review has for the site, and where no depth for it was found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from needlelog.domain.findings import Considered, Finding, Gate, Level, Source, StepId
from needlelog.domain.materials import DeviceKind, DeviceSettings
from needlelog.domain.session import SessionDraft
from needlelog.domain.treatment import NeedlingPass
from needlelog.knowledge.bands import Bands, bands_of
from needlelog.knowledge.entry import sources_of
from needlelog.rules.circumstances import Circumstances

_DEPTH = "depth-"
"""How the codes of all findings about the depth of a pass begin."""

_DEEPER = frozenset({"depth-warn", "depth-evaluated", "depth-rf"})
"""The questions whether a pass is meant deeper than some figure: whoever means a deeper one means this one."""

_WHATEVER_DEPTH = frozenset({"depth-unsourced", "depth-rf-unsourced"})
"""What is true of a zone at any depth that it is asked about at, and is asked once."""

_LIMIT_AND_DEPTH = re.compile(r":(?:([0-9.]+)-)?([0-9.]+):([0-9.]+)$")
"""How the keys of findings against a figure end: the limit, or the range of a device, and the depth."""


def _finding(
    needling_pass: NeedlingPass,
    code: str,
    level: Level,
    title: str,
    detail: str,
    sources: tuple[Source, ...],
    *,
    limit: str,
) -> Finding:
    """``limit`` is what the depth is held against: another one, for another concern, is another fact."""
    blocks = level in {Level.STOP, Level.HOLD}
    depth = "" if code in _WHATEVER_DEPTH else _plain(needling_pass.depth_mm)
    return Finding(
        key=f"{code}:{needling_pass.zone}:{needling_pass.device}:{limit}:{depth}",
        code=code,
        step=StepId.NEEDLING,
        level=level,
        gate=Gate.NEEDLING if blocks else Gate.NONE,
        title=title,
        detail=detail,
        sources=sources,
        overridable=blocks,
        field=f"zone:{needling_pass.zone}",
    )


def _device_limits(
    needling_pass: NeedlingPass, settings: DeviceSettings | None, around: Circumstances
) -> Iterator[Finding]:
    if settings is None:
        return
    tr, depth = around.tr, needling_pass.depth_mm
    least, most = _plain(settings.depth_min_mm), _plain(settings.depth_max_mm)
    source = (Source(address=settings.source or tr("the clinic's own entry for this device")),)
    if not settings.depth_min_mm <= depth <= settings.depth_max_mm:
        yield _finding(
            needling_pass,
            "depth-device",
            Level.STOP,
            tr("{depth} mm is outside what {device} can do", depth=_plain(depth), device=needling_pass.device),
            tr("Its range is {least} to {most} mm.", least=least, most=most),
            source,
            limit=f"{least}-{most}",
        )
    elif settings.depth_evaluated_mm is not None and depth > settings.depth_evaluated_mm:
        yield _finding(
            needling_pass,
            "depth-evaluated",
            Level.ASK,
            tr("Deeper than {device} was tested for", device=needling_pass.device),
            tr("Tested to {most} mm.", most=_plain(settings.depth_evaluated_mm)),
            source,
            limit=_plain(settings.depth_evaluated_mm),
        )


def _zone_limits(needling_pass: NeedlingPass, bands: Bands | None, around: Circumstances) -> Iterator[Finding]:
    """What the zone's bands and the ceiling say; a zone nobody knows any more has no bands, but has the ceiling."""
    tr, depth = around.tr, needling_pass.depth_mm
    ceiling = around.knowledge.ceiling
    values = {"depth": _plain(depth), "zone": around.zone_name(needling_pass.zone)}
    if depth > ceiling.depth_mm:
        most = _plain(ceiling.depth_mm)
        title = tr("{depth} mm is above the general ceiling of {most} mm", most=most, **values)
        sources = sources_of(ceiling, "depth_mm")
        yield _finding(needling_pass, "depth-ceiling", Level.STOP, title, tr(ceiling.note), sources, limit=most)
    elif bands is None:
        return
    elif bands.unsourced and ceiling.unsourced_above_mm is not None and depth > ceiling.unsourced_above_mm:
        most = _plain(ceiling.unsourced_above_mm)
        title = tr("{zone}: no sourced depth above {most} mm", most=most, **values)
        detail = tr("{guidance} Guides for use at home end at {most} mm.", guidance=tr(bands.reason), most=most)
        sources = sources_of(ceiling, "unsourced_above_mm")
        yield _finding(needling_pass, "depth-unsourced", Level.ASK, title, detail, sources, limit=most)
    elif bands.confirm_above_mm is not None and depth > bands.confirm_above_mm:
        most = _plain(bands.confirm_above_mm)
        title = tr("{zone}: {depth} mm is above the limit of {most} mm", most=most, **values)
        yield _finding(needling_pass, "depth-zone", Level.HOLD, title, tr(bands.reason), bands.sources, limit=most)
    elif bands.warn_above_mm is not None and depth > bands.warn_above_mm:
        most = _plain(bands.warn_above_mm)
        title = tr("{zone}: {depth} mm is deep, guides stop at {most} mm", most=most, **values)
        yield _finding(needling_pass, "depth-warn", Level.ASK, title, tr(bands.reason), bands.sources, limit=most)


def _radio_frequency(needling_pass: NeedlingPass, bands: Bands | None, around: Circumstances) -> Iterator[Finding]:
    """What little is known: how deep a review went on some sites of face and neck; nothing for any other."""
    del bands
    tr, depth, ceiling = around.tr, needling_pass.depth_mm, around.knowledge.ceiling
    zone = around.knowledge.zones.get(needling_pass.zone)
    values = {"depth": _plain(depth), "zone": around.zone_name(needling_pass.zone)}
    of_review = sources_of(ceiling, "rf_face_above_mm")
    if zone is None:
        return
    site = around.knowledge.site_of(zone.id)
    if site.rf_above_mm is not None:
        if depth > site.rf_above_mm:
            title, most = tr("{zone}: {depth} mm of radio frequency is deep", **values), _plain(site.rf_above_mm)
            if any(one.key == "rf_above_mm" for one in site.own):
                detail = tr("The clinic asks above {most} mm here.", most=most)
            else:
                detail = tr("A review of radio frequency names {most} mm here.", most=most)
            sources = sources_of(site, "rf_above_mm")
            yield _finding(needling_pass, "depth-rf", Level.ASK, title, detail, sources, limit=most)
    elif zone.area in {"face", "neck"} and ceiling.rf_face_above_mm is not None and depth > ceiling.rf_face_above_mm:
        title, most = tr("{zone}: {depth} mm of radio frequency is deep", **values), _plain(ceiling.rf_face_above_mm)
        detail = tr("A review of the face went to {most} mm at most.", most=most)
        yield _finding(needling_pass, "depth-rf", Level.ASK, title, detail, of_review, limit=most)
    else:
        title = tr("{zone}: no sourced depth for radio frequency", **values)
        detail = tr("No depth for radio frequency was found here. Keep to the device's own instructions.")
        yield _finding(needling_pass, "depth-rf-unsourced", Level.ASK, title, detail, of_review, limit="")


def judge_pass(
    needling_pass: NeedlingPass, around: Circumstances, concerns: tuple[str, ...] = ()
) -> tuple[Finding, ...]:
    """What speaks against one pass, recorded or about to be, for what the client came with."""
    known = needling_pass.zone in around.knowledge.zones
    site = around.knowledge.site_of(needling_pass.zone) if known else None
    if site is not None and site.never:
        title = around.tr("{zone} is not needled", zone=around.zone_name(needling_pass.zone))
        detail = around.tr(site.guidance)
        return (_finding(needling_pass, "zone-never", Level.STOP, title, detail, site.sources, limit=""),)
    settings = around.device(needling_pass.device_id)
    radio_frequency = settings is not None and settings.kind is DeviceKind.RF
    bands = bands_of(around.knowledge, needling_pass.zone, concerns) if known else None
    limits = _radio_frequency if radio_frequency else _zone_limits
    return (*_device_limits(needling_pass, settings, around), *limits(needling_pass, bands, around))


def speaks_of_depth(finding: Finding) -> bool:
    """Whether it is about the depth of a pass."""
    return finding.code.startswith(_DEPTH)


def above_limit_mm(finding: Finding) -> Decimal | None:
    """How far a pass went beyond what its depth was held against, in mm; None where no figure was passed."""
    figures = _LIMIT_AND_DEPTH.search(finding.key) if speaks_of_depth(finding) else None
    if figures is None:
        return None
    least, most, depth = (Decimal(figure or 0) for figure in figures.groups())
    return max(depth - most, least - depth)


def asks_depth(finding: Finding) -> bool:
    """Whether it asks if a depth is meant: answered when the pass is recorded, and not held shut."""
    return finding.is_precaution and speaks_of_depth(finding)


def meant_with_deeper(draft: SessionDraft, finding: Finding) -> Considered | None:
    """Who considered a deeper pass of the same zone and device against the same figure; None where nobody did."""
    if finding.code not in _DEEPER:
        return None
    same, _, depth = finding.key.rpartition(":")
    for said in draft.considered:
        begins, _, deeper = said.finding.key.rpartition(":")
        if begins == same and Decimal(deeper) > Decimal(depth):
            return said
    return None


def judge_depths(draft: SessionDraft, around: Circumstances) -> Iterator[Finding]:
    """What speaks against the recorded passes, each reason once."""
    # ``judge_pass`` looks at nothing else of a pass: passes alike in these are judged once.
    alike: dict[tuple[object, ...], NeedlingPass] = {}
    for one in draft.needling.passes:
        alike.setdefault((one.zone, one.device_id, one.device, one.depth_mm), one)
    seen: set[str] = set()
    for needling_pass in alike.values():
        for finding in judge_pass(needling_pass, around, draft.consultation.concerns):
            if finding.key not in seen:
                seen.add(finding.key)
                yield finding


def _plain(depth_mm: Decimal) -> str:
    return f"{depth_mm.normalize():f}"


def steps_between(least: Decimal, most: Decimal, step: Decimal) -> tuple[Decimal, ...]:
    """Every depth a device's dial offers, in millimetres."""
    count = int((most - least) / step)
    return tuple(least + step * index for index in range(count + 1))
