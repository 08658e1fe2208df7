"""Reasons that can be tapped instead of typed."""

from __future__ import annotations

from collections.abc import Mapping

from needlelog.domain.findings import Finding, StepId
from needlelog.i18n import Words
from needlelog.rules.items import MISSING


def skip_phrases(step: StepId, tr: Words) -> tuple[str, ...]:
    """Why a step may not apply today."""
    if step is StepId.NUMBING:
        return (tr("Client declined numbing"), tr("Shallow depth, not needed"), tr("Client may not have anaesthetic"))
    if step is StepId.NEEDLING:
        return (tr("Consultation only"), tr("Client decided against it today"), tr("Not suitable today"))
    return (tr("Not part of today's treatment"), tr("Client declined"), tr("Done at home as agreed"))


def override_phrases(finding: Finding, tr: Words, *, area_bound: bool = False) -> tuple[str, ...]:
    """Why a practitioner may go on against ``finding``: only what may be true of its kind.

    ``area_bound``: what it is about may lie outside the zones that are treated.
    """
    asked, agreed = tr("Discussed with the client, who wishes to go on"), tr("Prescriber agreed in writing")
    kinds: Mapping[str, tuple[str, ...]] = {
        "allergy-met": (
            tr("Not this substance: checked on the packaging"),
            tr("Used before without a reaction"),
            agreed,
        ),
        "no-anaesthetic-unasked": (tr("Asked by word of mouth: nothing speaks against it"), agreed),
        "lot-expired": (tr("A later date stands on the packaging"), tr("Used in error; client was told")),
        "lot-recalled": (tr("Supplier confirmed: this pack is not affected"), tr("Used in error; client was told")),
        "lot-used-up": (tr("Counted again: the count was wrong"),),
        "needles-used-before": (tr("New from a sealed pack: number read wrong before"),),
        "lot-missing": (tr("No lot on the packaging"), tr("Pack was thrown away before it was read")),
        "expiry-missing": (tr("No expiry date on the packaging"), tr("Pack was thrown away before it was read")),
        "identity-differs": (tr("Identity document seen"), tr("Name has changed; the file is put right")),
        "photos-declined": (tr("Client agreed to the photos since"),),
        "numbing-on": (tr("Wiped off; the time was not noted"),),
        "numbing-long": (tr("Skin looks as expected; client feels well"), agreed),
        "numbing-dose": (tr("Amount was estimated too high"), agreed),
        "numbing-area": (tr("Area was estimated too large"), agreed),
        "numbing-layer": (
            tr("Amount was estimated too high"),
            tr("Spread on a larger area than noted"),
            tr("The surplus was wiped off at once"),
            agreed,
        ),
        "numbing-again": (tr("The time of the earlier cream was noted wrong"), agreed),
        "numbing-broken-skin": (tr("Wiped off at once; client feels well"), agreed),
        "product-unreadable": (tr("Read from the packaging instead"),),
        "missing-consent": (tr("Signed on paper and filed"),),
        "missing-identity": (tr("Known in person for years"),),
        "missing-allergies": (tr("Asked, and noted on paper"),),
        "missing-time-out": (tr("Said aloud, not ticked"),),
        "missing-sheet": (tr("Sheet of the last visit is still at home"), tr("Client did not want a sheet")),
    }
    if finding.code in kinds:
        return kinds[finding.code]
    if finding.code.startswith(MISSING):
        return (tr("Noted on paper and filed"), tr("Done, and not noted at the time"))
    if finding.code.startswith("depth-") or finding.code == "zone-never":
        return (tr("Single scars only, point by point"), tr("Set wrong: recorded as it was done"), agreed)
    if finding.code.startswith("age-"):
        return (tr("Parent or guardian has signed"), agreed)
    return (agreed, asked, tr("Outside the treated area")) if area_bound else (agreed, asked)
