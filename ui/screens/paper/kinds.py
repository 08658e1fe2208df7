"""What each kind of paper is called on its page, and as a file: never after a client."""

from __future__ import annotations

from needlelog.domain.papers import PaperKind
from needlelog.i18n import Words

FILES = {
    PaperKind.AFTERCARE: "aftercare.pdf",
    PaperKind.PREPARATION: "preparation.pdf",
    PaperKind.CONSENT: "consent.pdf",
    PaperKind.RECORD: "visit-record.pdf",
    PaperKind.ADVERSE_EVENT: "adverse-event.pdf",
}


def title_of(tr: Words, kind: PaperKind) -> str:
    """The heading of its page."""
    return {
        PaperKind.AFTERCARE: tr("Aftercare sheet"),
        PaperKind.PREPARATION: tr("Preparation sheet"),
        PaperKind.CONSENT: tr("Signed consent"),
        PaperKind.RECORD: tr("Record of the visit"),
        PaperKind.ADVERSE_EVENT: tr("Adverse event report"),
    }[kind]
