"""The trade's fixed terms as people read them: one name for each kind, direction, endpoint and state."""

from __future__ import annotations

from needlelog.domain.client import AllergyState, FactKind
from needlelog.domain.consent import PhotoConsent
from needlelog.domain.follow_up import Reached
from needlelog.domain.materials import DeviceKind, ProductKind
from needlelog.domain.papers import HandOver, Paper, PaperKind
from needlelog.domain.reactions import Outcome, Seriousness
from needlelog.domain.treatment import Direction, Endpoint
from needlelog.i18n import Words
from needlelog.knowledge.model import Knowledge
from needlelog.rules.severity import Graded


def allergy_state(tr: Words, state: AllergyState) -> str:
    """The state in words that leave no doubt between "none" and "not asked"."""
    return {
        AllergyState.KNOWN: tr("Known allergies"),
        AllergyState.NONE_KNOWN: tr("No known allergies"),
        AllergyState.NOT_RECORDED: tr("Not recorded"),
        AllergyState.UNAVAILABLE: tr("Client could not say"),
    }[state]


def fact_kind(tr: Words, kind: FactKind) -> str:
    """What a standing fact is about."""
    return {
        FactKind.CONDITION: tr("Condition"),
        FactKind.MEDICINE: tr("Medicine"),
        FactKind.PROCEDURE: tr("Procedure"),
    }[kind]


def product_kind(tr: Words, kind: ProductKind) -> str:
    """One product of this kind."""
    return {
        ProductKind.DEVICE: tr("Device"),
        ProductKind.CARTRIDGE: tr("Cartridge"),
        ProductKind.CLEANSER: tr("Cleanser"),
        ProductKind.ANAESTHETIC: tr("Anaesthetic"),
        ProductKind.SERUM: tr("Serum"),
        ProductKind.COOLING: tr("Cooling"),
        ProductKind.ADDON: tr("Add-on"),
        ProductKind.AFTERCARE: tr("Home care"),
    }[kind]


def product_kinds(tr: Words, kind: ProductKind) -> str:
    """Several products of this kind."""
    return {
        ProductKind.DEVICE: tr("Devices"),
        ProductKind.CARTRIDGE: tr("Cartridges"),
        ProductKind.CLEANSER: tr("Cleansers"),
        ProductKind.ANAESTHETIC: tr("Anaesthetics"),
        ProductKind.SERUM: tr("Serums"),
        ProductKind.COOLING: tr("Cooling"),
        ProductKind.ADDON: tr("Add-ons"),
        ProductKind.AFTERCARE: tr("Home care"),
    }[kind]


def device_kind(tr: Words, kind: DeviceKind) -> str:
    """How a device makes its channels."""
    return {
        DeviceKind.MOTOR_PEN: tr("Motor pen"),
        DeviceKind.ROLLER: tr("Roller"),
        DeviceKind.STAMP: tr("Stamp"),
        DeviceKind.RF: tr("Radio frequency"),
    }[kind]


def direction(tr: Words, way: Direction) -> str:
    """The way a pass went."""
    return {
        Direction.VERTICAL: tr("Vertical"),
        Direction.HORIZONTAL: tr("Horizontal"),
        Direction.DIAGONAL_RIGHT: tr("Diagonal, to the right"),
        Direction.DIAGONAL_LEFT: tr("Diagonal, to the left"),
        Direction.CROSSHATCH: tr("Cross-hatched"),
        Direction.STAMPED: tr("Stamped"),
    }[way]


def endpoint(tr: Words, seen: Endpoint | None) -> str:
    """What was seen when a pass ended."""
    if seen is None:
        return tr("Endpoint not stated")
    return {
        Endpoint.NONE: tr("None seen"),
        Endpoint.ERYTHEMA: tr("Erythema"),
        Endpoint.PINPOINT_BLEEDING: tr("Pinpoint bleeding"),
        Endpoint.STOPPED_EARLY: tr("Stopped early"),
    }[seen]


def photo_consent(tr: Words, answer: PhotoConsent) -> str:
    """What photos may be used for."""
    return {
        PhotoConsent.RECORD_ONLY: tr("For the record only"),
        PhotoConsent.TEACHING: tr("For the record and teaching"),
        PhotoConsent.PUBLICATION: tr("For the record, teaching and publication"),
        PhotoConsent.DECLINED: tr("No photos"),
    }[answer]


def seriousness(tr: Words, level: Seriousness) -> str:
    """How serious an adverse event was."""
    return {
        Seriousness.NOT_SERIOUS: tr("Not serious"),
        Seriousness.NEEDED_TREATMENT: tr("Needed treatment to prevent permanent harm"),
        Seriousness.PERMANENT_HARM: tr("Permanent harm"),
        Seriousness.LIFE_THREATENING: tr("Life-threatening"),
    }[level]


def outcome(tr: Words, how: Outcome) -> str:
    """How an adverse event stands."""
    return {
        Outcome.ONGOING: tr("Not resolved"),
        Outcome.RESOLVING: tr("Getting better"),
        Outcome.RESOLVED: tr("Resolved"),
        Outcome.LASTING: tr("Resolved with lasting harm"),
        Outcome.UNKNOWN: tr("Not known"),
    }[how]


def reached(tr: Words, how: Reached) -> str:
    """The way a client was reached."""
    return {
        Reached.PHONE: tr("By phone"),
        Reached.VISIT: tr("At the clinic"),
        Reached.MESSAGE: tr("By message"),
    }[how]


def hand_over(tr: Words, how: HandOver) -> str:
    """How a paper reached the client."""
    return {
        HandOver.PRINTED: tr("Printed and handed over"),
        HandOver.SAVED: tr("Saved as PDF"),
        HandOver.SHOWN: tr("Shown on the screen"),
    }[how]


def paper_kind(tr: Words, paper: Paper) -> str:
    """What a stored paper is."""
    return {
        PaperKind.AFTERCARE: tr("Aftercare sheet"),
        PaperKind.PREPARATION: tr("Preparation sheet"),
        PaperKind.CONSENT: tr("Consent form"),
        PaperKind.RECORD: tr("Session record"),
        PaperKind.ADVERSE_EVENT: tr("Adverse event report"),
    }[paper.kind]


def reaction_text(knowledge: Knowledge, reaction: str, graded: Graded) -> tuple[str, str]:
    """Digit with word, and what it was: ``("2 Well defined", "Redness")``; an id of an older set stands for itself."""
    scale = knowledge.scales.get(graded.scale)
    word = next((grade.word for grade in scale.grades if grade.value == graded.grade), "") if scale else ""
    known = knowledge.reactions.get(reaction)
    return f"{graded.grade} {word}".strip(), known.name if known else reaction
