"""What has happened to the wording that counts since the clinic kept it: damage, or other shipped texts beside it."""

from __future__ import annotations

from collections.abc import Sequence

from needlelog.i18n import Words
from ui.screens.templates.contents import listed
from ui.screens.templates.workbench import Workbench


def news_told(tr: Words, bench: Workbench, notices: Sequence[str]) -> str:
    """``notices`` are those of all papers; where the shipped texts of this one have changed, that alone is said."""
    current = bench.current
    if current is None or not bench.overtaken:
        return "\n".join(notices)
    return tr(
        "The shipped texts have changed: yours were written beside version {before}, now there is {now}. "
        "Yours still count. {lines}",
        before=current.shipped,
        now=bench.wording.shipped.version,
        lines=_lines_told(tr, bench.overtaken_names(), known=current.base is not None),
    )


def _lines_told(tr: Words, names: Sequence[str], *, known: bool) -> str:
    if not known:
        return tr("Hold each against the shipped words, then use yours again.")
    if not names:
        return tr("The shipped words of what you changed are the same as then. Use yours again.")
    return tr(
        "Other words are shipped now for: {names}. Hold yours against them, then use yours again.", names=listed(names)
    )
