"""The structure of a paper for those who have it read aloud: what is a heading, a paragraph, a list, a picture.

reportlab draws and knows nothing of it: the marks are put between its operators, and the tree is written by hand when
the file is closed. What belongs to no element is marked as decoration, so that nothing of it is read out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from needlelog.documents.pdf_objects import written

_PAGING = "/Artifact <</Type /Pagination>> BDC"
_DECORATION = "/Artifact BMC"


@dataclass(eq=False, slots=True)
class Element:
    """A node of the tree. ``kids`` are elements, and marks on pages as (page, number)."""

    role: str
    parent: Element | None = None
    alt: str = ""
    language: str = ""
    spoken: str = ""
    """Its text, where it is drawn in another order than it is read: from right to left, in joined letters."""

    attributes: str = ""
    """What else a reader must know, as PDF writes it: where a picture stands, what a cell is the heading of."""

    kids: list[Element | tuple[int, int]] = field(default_factory=list)

    def add(self, role: str, alt: str = "", language: str = "", spoken: str = "", attributes: str = "") -> Element:
        """A new element within this one, after what it holds."""
        made = Element(role, self, alt, language, spoken, attributes)
        self.kids.append(made)
        return made


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that was drawn, for the bookmarks."""

    title: str
    first: bool
    """Whether it is the title of the paper."""


class Tags:
    """Collects the structure of one file while it is drawn, page by page."""

    def __init__(self, canvas: Any) -> None:
        self._canvas = canvas
        self._root = Element("Document")
        self._within = [self._root]
        self._known: dict[object, Element] = {}
        self._marks: list[list[Element]] = []
        self._pages: list[str] = []
        self._open = ""
        """What ends the mark that is open."""

        self._paging = False
        self.headings: list[Heading] = []
        """Those of the page that is drawn now."""

    # pages

    def begin_page(self) -> None:
        """A new page, whose marks are counted anew."""
        self._marks.append([])
        self._pages.append(self._canvas._doc.thisPageName())
        self.headings = []
        self._paging = False

    def begin_paging(self) -> None:
        """From here on only what recurs on each page is drawn."""
        self.close()
        self._paging = True

    def end_page(self) -> None:
        """Nothing more is drawn on this page."""
        self.close()

    # what is drawn

    def decorate(self) -> None:
        """What comes now is decoration, unless an element is open."""
        if not self._open:
            self._write(_PAGING if self._paging else _DECORATION)
            self._open = "EMC"

    def begin(
        self,
        role: str,
        key: object,
        *,
        said: str = "",
        alt: str = "",
        language: str = "",
        spoken: str = "",
        attributes: str = "",
    ) -> None:
        """What comes now is an element, or more of the one that was begun with this ``key`` on a page before.

        ``said`` is its text, ``spoken`` the same where what is drawn stands in another order. Without a ``role`` it is
        decoration.
        """
        if self._paging:
            self.decorate()
            return
        self.close()
        if not role:
            self.decorate()
            return
        element = self._known.get(key) if key is not None else None
        if element is None:
            # What an item says is its body; there is nothing else in ours.
            parent = self._within[-1].add("LI") if role == "LBody" else self._within[-1]
            element = parent.add(role, alt, language, spoken, attributes)
            if key is not None:
                self._known[key] = element
            if role in ("H1", "H2") and said:
                self.headings.append(Heading(said, role == "H1"))
        marks = self._marks[-1]
        element.kids.append((len(self._marks) - 1, len(marks)))
        self._write(f"/{role} <</MCID {len(marks)}>> BDC")
        self._open = "EMC"
        marks.append(element)

    def end(self) -> None:
        """The element that was begun last ends here."""
        if not self._paging:
            self.close()

    def enter(self, role: str, key: object, attributes: str = "") -> None:
        """The elements that come now belong to a group, or to more of the one that was entered with this ``key``."""
        if self._paging:
            return
        group = self._known.get(key) if key is not None else None
        if group is None:
            group = self._within[-1].add(role, attributes=attributes)
            if key is not None:
                self._known[key] = group
        self._within.append(group)

    def leave(self) -> None:
        """The group that was entered last ends here."""
        if not self._paging:
            self._within.pop()

    def close(self) -> None:
        """End what is open."""
        if self._open:
            self._write(self._open)
            self._open = ""

    def _write(self, operators: str) -> None:
        self._canvas.addLiteral(operators)

    # the file

    def announce(self) -> None:
        """Name the tree in the file; called once, after the last page and before the file is saved."""
        from reportlab.pdfbase.pdfdoc import PDFName

        document = self._canvas._doc
        document.Catalog.MarkInfo = written(b"<< /Marked true >>")
        document.Catalog.StructTreeRoot = written(_ROOT + b"/ParentTreeNextKey %d >>" % len(self._marks))
        document.Reference(document.Catalog.StructTreeRoot, _ROOT_NAME)
        for place, name in enumerate(self._pages):
            page = document.idToObject[name]
            page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
            page.StructParents, page.Tabs = place, PDFName("S")

    def complete(self, saved: bytes) -> bytes:
        """The saved file with the tree at its end.

        By hand: there are a hundred and more elements, and reportlab takes its time for each object of a file.
        """
        known = self._canvas._doc.idToObjectNumberAndVersion
        pages, root = [known[name][0] for name in self._pages], known[_ROOT_NAME][0]
        at = int(saved[saved.rindex(b"startxref") + len(b"startxref") :].split()[0])
        first = int(saved[at:].split(None, 3)[2])
        elements = [one for one in _walk(self._root) if one is self._root or one.kids]
        numbers = {id(one): first + place for place, one in enumerate(elements)}
        texts = [_element(one, numbers, pages, root) for one in elements]
        texts.append(self._owners(numbers))
        ends = (first, first + len(elements))
        parts, offset, entries = list[str](), at, list[str]()
        for number, text in enumerate(texts, start=first):
            entries.append(f"{offset:010d} 00000 n \n")
            parts.append(f"{number} 0 obj\n{text}\nendobj\n")
            offset += len(parts[-1])
        begun = saved[:at].replace(_ROOT, _root_of(*ends))
        return b"".join([begun, "".join(parts).encode("ascii"), _with_entries(saved[at:], entries, offset)])

    def _owners(self, numbers: dict[int, int]) -> str:
        """Which element each mark of each page belongs to."""
        marks = (
            f"{place} [ {' '.join(f'{numbers[id(one)]} 0 R' for one in owners)} ]"
            for place, owners in enumerate(self._marks)
        )
        return f"<< /Nums [ {' '.join(marks)} ] >>"


def _root_of(document: int, owners: int) -> bytes:
    """The beginning of the root of the tree, always as long as ``_ROOT``, so that nothing after it moves."""
    return b"<< /Type /StructTreeRoot /K %010d 0 R /ParentTree %010d 0 R " % (document, owners)


def _with_entries(table: bytes, entries: list[str], offset: int) -> bytes:
    """The end of a file, from its table of objects on, with ``entries`` more and the place where it now begins."""
    head, _, trailer = table.partition(b"trailer")
    count = int(head.split(None, 3)[2])
    listed = head.split(b"\n", 2)[2]
    begun = b"xref\n0 %d\n" % (count + len(entries))
    trailer = trailer.replace(b"/Size %d" % count, b"/Size %d" % (count + len(entries)), 1)
    ending = b"startxref\n%d\n%%%%EOF\n" % offset
    return b"".join(
        [begun, listed, "".join(entries).encode("ascii"), b"trailer", trailer[: trailer.rindex(b"startxref")], ending]
    )


def _element(one: Element, numbers: dict[int, int], pages: list[int], root: int) -> str:
    kids = [
        f"{numbers[id(kid)]} 0 R"
        if isinstance(kid, Element)
        else f"<</Type /MCR /Pg {pages[kid[0]]} 0 R /MCID {kid[1]}>>"
        for kid in one.kids
        if not isinstance(kid, Element) or id(kid) in numbers
    ]
    parent = numbers[id(one.parent)] if one.parent else root
    more = f" /Alt {_hex(one.alt)}" if one.alt else ""
    more += f" /ActualText {_hex(one.spoken)}" if one.spoken else ""
    more += f" /Lang ({one.language})" if one.language else ""
    more += f" /A <<{one.attributes}>>" if one.attributes else ""
    return f"<</Type /StructElem /S /{one.role} /P {parent} 0 R{more} /K [{' '.join(kids)}]>>"


def _walk(root: Element) -> list[Element]:
    """All elements, each before those within it."""
    found, waiting = list[Element](), [root]
    while waiting:
        element = waiting.pop()
        found.append(element)
        waiting += [kid for kid in reversed(element.kids) if isinstance(kid, Element)]
    return found


def _hex(text: str) -> str:
    """A text of any script as PDF writes it."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


_ROOT_NAME = "tag-root"
_ROOT = _root_of(0, 0)
