"""What the groups of screening questions are called."""

from __future__ import annotations

from needlelog.i18n import Words


def group_titles(tr: Words) -> dict[str, str]:
    """By group its title, in the order in which they are asked."""
    return {
        "skin-today": tr("Skin today"),
        "health": tr("Health"),
        "medicines": tr("Medicines"),
        "allergies": tr("Allergies"),
        "recent-treatments": tr("Recent treatments"),
        "lifestyle": tr("Daily life"),
    }
