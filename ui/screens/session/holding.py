"""Showing what the draft holds without taking away what somebody typed: a wrong entry stays until it is put right."""

from __future__ import annotations

from decimal import Decimal
from typing import TypeVar

from needlelog.errors import Fault
from ui.widgets.labelled_field import LabelledField
from ui.widgets.number import NumberStepper

T = TypeVar("T")


def show_value(field: LabelledField[T], value: T | None) -> None:
    """Show ``value``, unless the entry is being typed into or holds something wrong."""
    if not field.editor.hasFocus() and not (field.raw_text().strip() and field.fault()):
        field.set_value(value)


def show_number(stepper: NumberStepper, value: Decimal | None) -> None:
    """Show ``value``, unless the line is being typed into or holds something wrong."""
    if not stepper.line.hasFocus() and not is_wrong(stepper) and stepper.value() != value:
        stepper.set_value(value)


def is_wrong(stepper: NumberStepper) -> bool:
    """Whether something stands in the line that is no value of it."""
    text = stepper.raw_text()
    if not text.strip():
        return False
    try:
        stepper.check(text)
    except Fault:
        return True
    return False
