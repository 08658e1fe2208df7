"""Reads the codes of seals from a PDF that somebody chose: nothing else of it is believed."""

from __future__ import annotations

from pathlib import Path

from needlelog.domain.seal_code import SealCode, codes_in
from needlelog.errors import Fault, FaultCode

LARGEST_MB = 200
MOST_PAGES = 2000
MOST_CODES = 200


def read_pdf(path: Path) -> bytes:
    """The bytes of a chosen file; raises ``Fault`` (READ_FAILED, FILE_TOO_LARGE, FILE_NOT_A_PDF)."""
    try:
        if path.stat().st_size > LARGEST_MB * 1_000_000:
            raise Fault(FaultCode.FILE_TOO_LARGE, name=path.name, limit=LARGEST_MB)
        data = path.read_bytes()
    except OSError as error:
        raise Fault(FaultCode.READ_FAILED, path=path, reason=error.strerror or "") from error
    if b"%PDF-" not in data[:1024]:
        raise Fault(FaultCode.FILE_NOT_A_PDF, name=path.name)
    return data


def codes_of(data: bytes, name: str) -> tuple[SealCode, ...]:
    """Every code that stands on a page or among the file's own keywords; raises ``Fault(FILE_NOT_A_PDF)``.

    PDFium is not thread-safe: this belongs to the worker that makes papers.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Fault(FaultCode.FILE_NOT_A_PDF, name=name) from error
    try:
        found = dict.fromkeys(codes_in(document.get_metadata_value("Keywords"), MOST_CODES))
        for place in range(min(len(document), MOST_PAGES)):
            page = document[place]
            text = page.get_textpage()
            found |= dict.fromkeys(codes_in(text.get_text_bounded(), MOST_CODES))
            text.close()
            page.close()
            if len(found) >= MOST_CODES:
                break
    except pypdfium2.PdfiumError as error:
        raise Fault(FaultCode.FILE_NOT_A_PDF, name=name) from error
    finally:
        document.close()
    return tuple(found)
