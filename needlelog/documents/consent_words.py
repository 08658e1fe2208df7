"""What a client chose, in the words of the consent: the same on every paper."""

from __future__ import annotations

from needlelog.domain.consent import PhotoConsent
from needlelog.i18n import Words


def photo_consent(choice: PhotoConsent, words: Words) -> str:
    """What may be done with the photos."""
    return {
        PhotoConsent.RECORD_ONLY: words("Photos for my record"),
        PhotoConsent.TEACHING: words("Photos for my record and for teaching"),
        PhotoConsent.PUBLICATION: words("Photos for my record, for teaching and for publication"),
        PhotoConsent.DECLINED: words("No photos"),
    }[choice]
