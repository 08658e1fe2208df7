"""One step of a signed visit as a card: names and values, tables, drawings, photos, what was answered to findings."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from needlelog.domain.consent import Signature
from needlelog.domain.session import Photo
from needlelog.errors import Fault
from needlelog.services.pictures import Pictures
from ui.screens.record.reading import OverrideShown, Part, PrecautionShown, Row, Section, Table
from ui.toolkit.kit import Kit
from ui.toolkit.labels import IconMark, label, set_tone
from ui.toolkit.theme import SPACE
from ui.widgets.card import Card, hairline
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.signature_pad import SignatureCanvas

THUMBNAIL_PX = 176
SIGNATURE_HEIGHT_PX = 140


class SectionCard(Card):
    """Reads one section out; nothing in it can be changed."""

    def __init__(self, kit: Kit, pictures: Pictures, section: Section) -> None:
        super().__init__(kit.tr("{number}  {title}", number=section.number, title=section.title))
        self._kit = kit
        self._pictures = pictures
        self.section = section
        if section.skipped:
            said = kit.tr("Did not apply: {reason}", reason=section.skipped)
            self.add(self._line("info", said, "muted"))
        elif section.empty:
            self.add(label(kit.tr("Nothing was recorded in this step."), "body", muted=True))
        for part in section.parts:
            self._add_part(part)
        for override in section.overrides:
            self.add(_Override(kit, override))
        for precaution in section.precautions:
            self.add(_Precaution(kit, precaution))

    def _add_part(self, part: Part) -> None:
        column = QVBoxLayout()
        column.setSpacing(SPACE)
        if part.title:
            column.addWidget(label(part.title, "strong", wrap=True))
        if part.rows:
            column.addWidget(RowGrid(part.rows))
        if part.table is not None:
            column.addWidget(TableGrid(part.table))
        if part.signature is not None:
            column.addWidget(self._signature(part.signature))
        if part.text:
            column.addWidget(self._text(part.text))
        if part.photos:
            column.addWidget(self._photos(part.photos))
        self.add(column)

    def _line(self, icon: str, text: str, tone: str) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(IconMark(self._kit.theme, icon, tone, 24))
        row.addWidget(label(text, "body", wrap=True), 1)
        return holder

    def _signature(self, signature: Signature) -> SignatureCanvas:
        canvas = SignatureCanvas(self._kit.theme, self._kit.tr)
        canvas.read_only = True
        canvas.setCursor(Qt.CursorShape.ArrowCursor)
        canvas.setAccessibleName(self._kit.tr("Signature of the client"))
        canvas.setFixedSize(round(SIGNATURE_HEIGHT_PX * min(signature.aspect, 4.0)), SIGNATURE_HEIGHT_PX)
        canvas.set_strokes(signature.strokes, signature.aspect)
        return canvas

    def _text(self, text: str) -> QFrame:
        frame = QFrame()
        frame.setProperty("surface", "raised")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(2 * SPACE, SPACE + 4, 2 * SPACE, SPACE + 4)
        shown = label(text, "body", wrap=True)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        inside.addWidget(shown)
        return frame

    def _photos(self, photos: tuple[Photo, ...]) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder)
        for photo in photos:
            flow.addWidget(Thumbnail(self._kit, self._pictures, photo))
        return holder


class RowGrid(QWidget):
    """Names on the left, values on the right; a name that is a whole question may take more lines."""

    def __init__(self, rows: tuple[Row, ...]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(3 * SPACE)
        grid.setVerticalSpacing(6)
        for place, row in enumerate(rows):
            name = label(row.name, "body", muted=True, wrap=True)
            value = label(row.value, "strong" if row.tone else "body", wrap=True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            value.setAccessibleName(f"{row.name}: {row.value}")
            set_tone(value, row.tone)
            grid.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, place, 1, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)


class TableGrid(QWidget):
    """Rows under headings whose cells wrap: nothing recorded is ever cut off."""

    def __init__(self, table: Table) -> None:
        super().__init__()
        self.setAccessibleName(table.name)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * SPACE)
        grid.setVerticalSpacing(SPACE)
        top = Qt.AlignmentFlag.AlignTop
        for column, heading in enumerate(table.headings):
            grid.addWidget(label(heading, "caption", muted=True, wrap=True), 0, column, Qt.AlignmentFlag.AlignBottom)
            grid.setColumnStretch(column, table.widths[column])
        for place, row in enumerate(table.rows):
            grid.addWidget(hairline(), 2 * place + 1, 0, 1, len(table.headings))
            for column, text in enumerate(row):
                narrow = table.widths[column] == 0
                cell = label(text, "strong" if column == 0 else "body", wrap=not narrow)
                cell.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                cell.setAccessibleName(f"{table.headings[column]}: {text}")
                grid.addWidget(cell, 2 * place + 2, column, top)


class _Override(QFrame):
    """A finding that was gone on against, with its source and the reason in writing."""

    def __init__(self, kit: Kit, shown: OverrideShown) -> None:
        super().__init__()
        tr = kit.tr
        self.setProperty("surface", "hold")
        self.setAccessibleName(tr("Override: {title}", title=shown.title))
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE, SPACE + 4, 2 * SPACE, SPACE + 4)
        row.setSpacing(12)
        row.addWidget(IconMark(kit.theme, "hold", "hold", 24))
        column = QVBoxLayout()
        column.setSpacing(2)
        title = label(tr("Override of “{level}”: {title}", level=shown.level, title=shown.title), "strong", wrap=True)
        set_tone(title, "hold")
        column.addWidget(title)
        if shown.detail:
            column.addWidget(label(shown.detail, "body", wrap=True))
        column.addWidget(label(tr("Reason: {reason}", reason=shown.reason), "body", wrap=True))
        column.addWidget(label(shown.signed, "caption", muted=True, wrap=True))
        if shown.sources:
            column.addWidget(_sources(kit, shown.sources))
        row.addLayout(column, 1)


class _Precaution(QFrame):
    """A precaution as it was told, with who considered it, or that nobody answered."""

    def __init__(self, kit: Kit, shown: PrecautionShown) -> None:
        super().__init__()
        tr = kit.tr
        icon, tone, ground = ("check", "muted", "raised") if shown.considered else ("question", "hold", "hold")
        answer = shown.considered or tr("Told, not answered")
        self.setProperty("surface", ground)
        self.setAccessibleName(tr("Precaution: {title}. {answer}", title=shown.title, answer=answer))
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE, SPACE + 4, 2 * SPACE, SPACE + 4)
        row.setSpacing(12)
        row.addWidget(IconMark(kit.theme, icon, tone, 24))
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(label(tr("Precaution: {title}", title=shown.title), "strong", wrap=True))
        if shown.detail:
            column.addWidget(label(shown.detail, "body", wrap=True))
        said = label(answer, "body", wrap=True)
        set_tone(said, "" if shown.considered else "hold")
        column.addWidget(said)
        if shown.note:
            column.addWidget(label(tr("Note: {note}", note=shown.note), "body", wrap=True))
        if shown.sources:
            column.addWidget(_sources(kit, shown.sources))
        row.addLayout(column, 1)


def _sources(kit: Kit, sources: tuple[str, ...]) -> QLabel:
    # What has no title is named by its address, which has no blanks to break at: a mark of no width lets it wrap.
    named = "; ".join(one.replace("/", "/\u200b") for one in sources)
    return label(kit.tr("Source: {source}", source=named), "caption", muted=True, wrap=True)


class Thumbnail(QFrame):
    """One photo, fetched and opened off the UI thread."""

    def __init__(self, kit: Kit, pictures: Pictures, photo: Photo) -> None:
        super().__init__()
        self._kit = kit
        self.setProperty("surface", "raised")
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        self._image = QLabel()
        self._image.setTextFormat(Qt.TextFormat.PlainText)
        self._image.setFixedSize(THUMBNAIL_PX, THUMBNAIL_PX)
        self._image.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._image.setWordWrap(True)
        self._image.setAccessibleName(kit.tr("Photo"))
        column.addWidget(self._image)
        edge = round(THUMBNAIL_PX * self.devicePixelRatioF())
        kit.tasks.run(lambda: pictures.thumbnail(photo, edge), self._show, self._fail)

    def _show(self, data: bytes) -> None:
        pixmap = QPixmap()
        pixmap.loadFromData(data)
        pixmap.setDevicePixelRatio(self.devicePixelRatioF())
        self._image.setPixmap(pixmap)

    def _fail(self, fault: Fault) -> None:
        # The sentence may need more lines than a picture is high.
        self._image.setMaximumHeight(10 * THUMBNAIL_PX)
        self._image.setText(str(self._kit.tr.fault(fault)))
