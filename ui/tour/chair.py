"""Steps 2 to 7 of the visit: consent, cleansing, numbing, needling, serum, cooling."""

from __future__ import annotations

from math import sin

from PySide6.QtWidgets import QAbstractButton, QCheckBox, QWidget

from ui.tour.guide import Guide
from ui.tour.hands import names_of
from ui.widgets.signature_pad import SignatureCanvas
from ui.widgets.zone_map_canvas import ZoneCanvas

ANAESTHETIC = "LMX4 cream 4 % (UK)"
PASSES = (("cheek_left", "0.75", "1.00"), ("cheek_right", "0.75", "1.00"), ("chin", "0.50", "0.75"))
"""Zone, depth of the first pass, depth of the second, mm."""
CARTRIDGE_CODE = "0109520100446610" + "17301130" + "10TW-5012"
RECALLED_CODE = "0109520100446627" + "17301130" + "106P-0118"
SERUM_CODE = "0109520100773013" + "17301031" + "10HA-0904"
"""Codes on packs of the made-up clinic: number, last good day, lot."""


def to_step(guide: Guide, number: int) -> None:
    """Tap the step in the rail."""
    guide.settle()
    rail = guide.find(QWidget, "Steps of the visit")
    rows = [one for one in rail.findChildren(QAbstractButton) if names_of(one)]
    guide.click(next(one for one in rows if names_of(one)[0].startswith(f"{number} ")))


def _hand_writing() -> list[list[tuple[float, float]]]:
    first = [(0.12 + 0.011 * at, 0.5 + 0.24 * sin(at / 1.7) * (1 - at / 60)) for at in range(34)]
    second = [(0.52 + 0.012 * at, 0.52 + 0.16 * sin(at / 1.3)) for at in range(28)]
    return [first, second, [(0.2, 0.82), (0.5, 0.78), (0.82, 0.8)]]


def consent(guide: Guide) -> None:
    """Name and date of birth, the signature drawn stroke by stroke, photos asked apart."""
    to_step(guide, 2)
    guide.press_beginning("As on file")
    guide.picture("visit-consent")
    guide.draw(guide.find(SignatureCanvas, "Signature field"), _hand_writing())
    guide.press_beginning("For my record")
    guide.picture("visit-consent-signed")


def cleanse(guide: Guide) -> None:
    """The cleanser with the lot in use, done now."""
    to_step(guide, 3)
    guide.pass_minutes(6)
    guide.press("Gentle fragrance-free cleanser")
    guide.press("Skin is clean: done now")
    guide.picture("visit-cleansing")


def numb(guide: Guide) -> None:
    """The cream goes on, its timer runs, and it comes off before the first needle."""
    to_step(guide, 4)
    guide.press(ANAESTHETIC)
    guide.write("Amount (g)", "12,5")
    guide.write("Area (cm²)", "180")
    for zone in ("Left cheek", "Right cheek", "Chin"):
        guide.press(zone, guide.find(QWidget, "Zones"))
    guide.press(f"Close {ANAESTHETIC}")
    guide.press_beginning("Apply now")
    guide.picture("visit-numbing-applied")
    guide.pass_minutes(38)
    guide.picture("visit-numbing-running")


def time_out(guide: Guide) -> None:
    """Everything said out loud before the first needle."""
    to_step(guide, 5)
    guide.picture("visit-needling-time-out")
    for box in guide.all_of(QCheckBox):
        guide.click(box)


def tap_zone(guide: Guide, zone: str) -> None:
    """Tap a zone on the drawing."""
    canvas = guide.all_of(ZoneCanvas)[0]
    guide.click(canvas, canvas.centre_of(zone).toPoint())


def take_cream_off(guide: Guide) -> None:
    """The cream comes off completely; its time on the skin is noted."""
    to_step(guide, 4)
    guide.press_beginning("Removed now")
    guide.picture("visit-numbing-removed")


def needle(guide: Guide) -> None:
    """Two passes over each of three zones, the second deeper."""
    to_step(guide, 5)
    guide.pass_minutes(3)
    guide.choose("Device", "SkinPen Precision")
    guide.scan(CARTRIDGE_CODE)
    guide.picture("visit-scan-fills-lot-and-expiry")
    guide.press("To the passes")
    for zone, first, second in PASSES:
        tap_zone(guide, zone)
        for depth in (first, second):
            guide.write("Depth (mm)", depth)
            if zone == PASSES[0][0]:
                guide.picture(f"visit-needling-{'first' if depth == first else 'second'}-pass")
            guide.press("Pass done")
            guide.pass_minutes(2)
            if zone == PASSES[0][0] and depth == second:
                guide.picture("visit-needling-what-was-seen")
            guide.press("Erythema")
    guide.picture("visit-needling-three-zones")
    guide.press("6 passes recorded")
    guide.picture("visit-needling-passes")
    guide.press("To the next pass")


def go_too_deep(guide: Guide) -> None:
    """A deep pass is asked about once; one above the limit of its zone is held back until a reason is written."""
    tap_zone(guide, "chin")
    guide.write("Depth (mm)", "1,25")
    guide.dialogs.plan("visit-needling-deep-pass-asked", "")
    guide.press("Pass done")
    guide.press("Erythema")
    guide.pass_minutes(2)
    tap_zone(guide, "cheek_left")
    guide.write("Depth (mm)", "1,75")
    reason = "One old boxcar scar, 2 cm, single pass; client agreed, bleeding watched."
    guide.dialogs.plan("visit-needling-held-back", reason)
    guide.press("Pass done")
    guide.press("Pinpoint bleeding")
    guide.picture("visit-needling-went-on-with-a-reason")
    guide.press("Left")
    guide.picture("visit-needling-left-side")
    guide.press("Needling is over")
    guide.picture("visit-needling-over")


def serum(guide: Guide) -> None:
    """The serum with the lot in use, on the zones that were treated, and how much of it."""
    to_step(guide, 6)
    guide.scan("https://www.example.com/serum")
    guide.picture("visit-scan-of-a-web-address")
    guide.scan(RECALLED_CODE)
    guide.picture("visit-scan-of-another-step")
    guide.press("Go there and record it")
    guide.picture("visit-scan-of-a-recalled-cartridge")
    to_step(guide, 6)
    guide.scan(SERUM_CODE)
    guide.picture("visit-scan-of-a-serum")
    guide.write("Amount of Hyaluronic acid serum (ml)", "2")
    guide.picture("visit-serum")


def cool(guide: Guide) -> None:
    """A mask on its timer, then red light."""
    to_step(guide, 7)
    guide.press("Soothing mask")
    guide.press("Start")
    guide.pass_minutes(10)
    guide.picture("visit-cooling-running")
    guide.press("Stop")
    guide.press("Red light")
    guide.write("Minutes of Red light (min)", "8")
    guide.picture("visit-cooling")
