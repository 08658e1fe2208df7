"""Step 2: the exact text, who agrees, the signature; and, apart from it, photos."""

from __future__ import annotations

from datetime import date

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from needlelog.clock import local
from needlelog.domain.consent import Consent, ConsentText, PhotoConsent, Signature
from needlelog.domain.entry import parse_date, parse_line
from needlelog.domain.findings import StepId
from needlelog.domain.papers import PaperKind
from needlelog.domain.session import SessionDraft
from needlelog.domain.text import fold
from needlelog.domain.value import LINE_LIMIT
from needlelog.i18n import record_date
from needlelog.knowledge.consent import text_for
from needlelog.services.desk import Desk
from ui.screens.session.columns import Columns
from ui.screens.session.holding import show_value
from ui.screens.session.interpreting import Interpreting
from ui.screens.session.page import StepPage
from ui.screens.session.presenter import SessionPresenter
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label, set_style, set_tone
from ui.toolkit.plain import caption
from ui.toolkit.screen import ToVisitPaper
from ui.toolkit.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.chips import ChipRow
from ui.widgets.languages import LANGUAGES
from ui.widgets.line_fields import DateField, LineField
from ui.widgets.notice import Notice
from ui.widgets.signature_pad import SignaturePad

TEXT_LEAST = 160
PAD_LEAST = 190


class ConsentPage(StepPage):
    """The client reads, says name and date of birth, and signs."""

    step = StepId.CONSENT
    broad = True
    wide = True
    LEAST_PX = 540

    def __init__(self, kit: Kit, desk: Desk, presenter: SessionPresenter, parent: QWidget | None = None) -> None:
        super().__init__(kit, desk, presenter, parent)
        self._read: ConsentText | None = None
        self._last_visit = desk.history.latest(presenter.client.id)
        self._columns = Columns(self._build_text(), self._build_signing(), gap=SPACE * 2, fill=True)
        self.column.setSpacing(SPACE)
        self.column.addWidget(self._columns, 1)
        self.column.addWidget(self._build_photo())

    def least_height(self) -> int:
        """What both columns need; more where they stand one below the other."""
        if self._columns.stacked():
            return max(self.heightForWidth(self.width()), self.sizeHint().height())
        return self.column.minimumHeightForWidth(self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        ways = QBoxLayout.Direction
        chips = self._photo.findChildren(QAbstractButton)
        needed = self._photo_asked.sizeHint().width() + sum(chip.sizeHint().width() + SPACE for chip in chips)
        beside = needed + SPACE * 6 <= event.size().width()
        self._photo_line.setDirection(ways.LeftToRight if beside else ways.TopToBottom)

    # building

    def _build_text(self) -> Card:
        tr = self.kit.tr
        card = self._text_card = Card(tr("Consent"))
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setAccessibleName(tr("Text of the consent"))
        self._text.setMinimumHeight(TEXT_LEAST)
        self._text.setTabChangesFocus(True)
        self._version = label("", "caption", muted=True, wrap=True)
        self._other_language = Notice(self.kit.theme, "hold", slim=True)
        card.add(self._other_language)
        card.add(self._text)
        self._interpreting = Interpreting(self.kit, self.now)
        self._interpreting.changed.connect(lambda said: self._consent(understanding=said))
        card.add(self._interpreting)
        card.add(self._version)
        return card

    def _build_signing(self) -> Card:
        """Who agrees, and the signature: one after the other, in sight together."""
        card = Card(self.kit.tr("Client confirms and signs"))
        card.body.setSpacing(SPACE)
        self._add_identity(card)
        self._add_signature(card)
        return card

    def _add_identity(self, card: Card) -> None:
        tr = self.kit.tr
        self._confirm = button(self.kit.theme, "", "secondary", "person")
        self._confirm.clicked.connect(self._on_confirm_clicked)
        saying = QHBoxLayout()
        saying.setSpacing(SPACE)
        saying.addWidget(self._confirm, 1)
        card.add(saying)
        name, birth = tr("Name as said"), tr("Date of birth as said")
        self._name = LineField(self.kit.theme, tr, name, lambda text: parse_line(text, field=name, limit=LINE_LIMIT))
        self._birth: DateField[date] = DateField(
            self.kit.theme, tr, birth, lambda text: parse_date(text, field=birth, today=self._today()), record_date
        )
        self._name.committed.connect(lambda said: self._consent(confirmed_name=said or ""))
        self._birth.committed.connect(lambda said: self._consent(confirmed_birth_date=said))
        self._other = button(self.kit.theme, tr("Something differs"), "quiet", "edit")
        self._other.setAccessibleName(tr("Client states another name or date of birth"))
        self._other.clicked.connect(self._on_other_clicked)
        self._undo = button(self.kit.theme, tr("Undo"), "quiet", "undo")
        self._undo.setAccessibleName(tr("Undo: not confirmed yet"))
        self._undo.clicked.connect(self._on_undo_clicked)
        self._said = QWidget()
        said = QVBoxLayout(self._said)
        said.setContentsMargins(0, 0, 0, 0)
        said.addWidget(self._name)
        said.addWidget(self._birth)
        self._said.hide()
        self._differs = label("", "strong", wrap=True)
        set_tone(self._differs, "stop")
        saying.addWidget(self._other)
        saying.addWidget(self._undo)
        card.add(self._said)
        card.add(self._differs)

    def _on_other_clicked(self) -> None:
        self._said.show()
        self._name.editor.setFocus()

    def _on_undo_clicked(self) -> None:
        self._said.hide()
        self._consent(confirmed_name="", confirmed_birth_date=None)
        self._confirm.setFocus()

    def _add_signature(self, card: Card) -> None:
        tr = self.kit.tr
        self._pad = SignaturePad(self.kit.theme, tr)
        self._pad.setMinimumHeight(PAD_LEAST)
        self._pad.changed.connect(self._on_pad_changed)
        self._pad.typed_signature_requested.connect(self._on_typed_requested)
        self._signed = label("", "body", muted=True, wrap=True)
        card.body.addWidget(self._pad, 1)
        self._paper = button(self.kit.theme, tr("Print"), "quiet", "printer")
        self._paper.setAccessibleName(tr("Signed consent as a paper"))
        self._paper.clicked.connect(self._on_paper_clicked)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self._signed, 1)
        row.addWidget(self._paper)
        card.add(row)

    def _on_paper_clicked(self) -> None:
        self.presenter.route_wished.emit(ToVisitPaper(self.presenter.draft.id, PaperKind.CONSENT))

    def _build_photo(self) -> QFrame:
        tr = self.kit.tr
        card = QFrame()
        card.setProperty("surface", "card")
        asked = tr("Photo consent, asked separately")
        card.setAccessibleName(asked)
        self._photo = ChipRow(
            self.kit.theme,
            tr("Photo consent"),
            [
                (PhotoConsent.RECORD_ONLY, tr("For my record")),
                (PhotoConsent.TEACHING, tr("Teaching too")),
                (PhotoConsent.PUBLICATION, tr("Publication too")),
                (PhotoConsent.DECLINED, tr("No photos")),
            ],
        )
        self._photo.changed.connect(self._on_photo_changed)
        self._photo_line = QBoxLayout(QBoxLayout.Direction.LeftToRight, card)
        self._photo_line.setContentsMargins(SPACE * 3, SPACE, SPACE * 2, SPACE)
        self._photo_line.setSpacing(SPACE)
        self._photo_asked = label(asked, "strong")
        self._photo_line.addWidget(self._photo_asked)
        self._photo_line.addWidget(self._photo, 1)
        return card

    # showing

    def _today(self) -> date:
        return local(self.now(), self.presenter.draft.time_zone).date()

    def _text_to_show(self) -> ConsentText:
        return text_for(self.desk.consent_texts, self.presenter.client.language)

    def _in_other_language(self, text: ConsentText) -> str:
        """What to do where there is no text in the client's language; nothing where there is one."""
        names = dict(LANGUAGES)
        wanted = self.presenter.client.language
        if text.language == wanted:
            return ""
        return self.kit.tr(
            "There is no text in {wanted}: it stands here in {shown}. Have it interpreted before it is signed.",
            wanted=names.get(wanted, wanted),
            shown=names.get(text.language, text.language),
        )

    def show_draft(self, draft: SessionDraft) -> None:
        """Paint from the draft; a signed text stays the one that was signed."""
        tr, consent, client = self.kit.tr, draft.consent, self.presenter.client
        text = self._read = consent.shown or self._text_to_show()
        if self._text.toPlainText() != text.text:
            self._text.setPlainText(text.text)
        self._text_card.set_title(text.title)
        version = tr(
            "Text {id}, version {version}, fingerprint {hash}",
            id=text.id,
            version=text.version,
            hash=text.sha256[:12],
        )
        self._version.setText(version)
        self._other_language.say(self._in_other_language(text))
        asked = text.language != client.language
        self._interpreting.show_understanding(consent.understanding, asked=asked)
        self._show_identity(consent, record_date(client.birth_date))
        show_value(self._name, consent.confirmed_name or None)
        show_value(self._birth, consent.confirmed_birth_date)
        self._differs.setText(self._difference(consent))
        self._differs.setVisible(bool(self._differs.text()))
        self._show_signature(consent.signature, draft)
        self._photo.set_value(consent.photo)

    def _show_identity(self, consent: Consent, born: str) -> None:
        tr = self.kit.tr
        confirmed = bool(consent.confirmed_name and consent.confirmed_birth_date)
        differs = bool(self._difference(consent))
        on, told = self._leads_on(consent), tr("As on file: {born}", born=born)
        text = tr("Confirmed with the client") if confirmed else tr("{told}, and next", told=told) if on else told
        set_style(self._confirm, "kind", "primary" if on else "secondary")
        # In two lines, and as high and wide before: nothing moves while somebody signs.
        set_style(self._confirm, "chair", "tall" if self.presenter.again(self._last_visit) else "")
        self._confirm.setText(caption(f"{told}\n{tr('and next')}" if on else text))
        self._confirm.setAccessibleName(text)
        self._confirm.setEnabled(not confirmed)
        tint = "on_accent" if on else "ok" if confirmed else "ink"
        self.kit.theme.set_icon(self._confirm, "check" if confirmed else "person", tint, 24)
        if differs:
            self._said.show()
        self._other.setVisible(not confirmed and self._said.isHidden())
        self._undo.setVisible(confirmed)

    def _leads_on(self, consent: Consent) -> bool:
        """Whether confirming who signed is the last that a repeated visit asks here."""
        again = self.presenter.again(self._last_visit)
        asked = bool(consent.confirmed_name or consent.confirmed_birth_date) or consent.signature is None
        photos = bool(self.presenter.draft.photos) and consent.photo is None
        text = consent.shown or self._text_to_show()
        interpreted = text.language == self.presenter.client.language or consent.understanding is not None
        return again is not None and not asked and not photos and interpreted

    def _difference(self, consent: Consent) -> str:
        tr, client = self.kit.tr, self.presenter.client
        if consent.confirmed_birth_date and consent.confirmed_birth_date != client.birth_date:
            return tr("The date of birth is not the one on file. Is this the right client?")
        if consent.confirmed_name and fold(consent.confirmed_name) != fold(client.full_name):
            return tr("The name is not the one on file. Is this the right client?")
        return ""

    def _show_signature(self, signature: Signature | None, draft: SessionDraft) -> None:
        tr = self.kit.tr
        strokes = signature.strokes if signature else ()
        if self._pad.strokes() != strokes:
            self._pad.set_strokes(strokes, signature.aspect if signature else 0.0)
        self._paper.setVisible(signature is not None)
        if signature is None:
            self._signed.setText(tr("Not signed yet."))
        else:
            day = record_date(local(signature.at, draft.time_zone).date())
            how = tr("Signed by typing: {name}", name=signature.typed_name) if signature.typed_name else tr("Signed")
            self._signed.setText(tr("{how}, {day} {time}", how=how, day=day, time=self.clock_time(signature.at)))

    def focus_field(self, field: str) -> None:
        """Put the focus on the part of a missing item."""
        if field == "interpreter":
            self._interpreting.focus_first()
            return
        {"identity": self._confirm, "signature": self._pad, "photo": self._photo}.get(field, self._confirm).setFocus()

    def leaving(self) -> None:
        """Commit what was said."""
        self._name.commit()
        self._birth.commit()
        self._interpreting.commit()

    # changing

    def _consent(self, **values: object) -> None:
        self.presenter.edit(lambda draft: draft.with_(consent=draft.consent.with_(**values)))

    def _on_confirm_clicked(self) -> None:
        client, leads_on = self.presenter.client, self._leads_on(self.presenter.draft.consent)
        self._consent(confirmed_name=client.full_name, confirmed_birth_date=client.birth_date)
        if leads_on and not self.presenter.held_back(self.step):
            self.went_on.emit(self.tr_("Name and date of birth confirmed"), self._on_undo_clicked)

    def _on_pad_changed(self) -> None:
        if self._pad.is_blank():
            if not self._pad.strokes():
                self._consent(signature=None)
            return
        signature = Signature.model_validate(
            {"strokes": self._pad.strokes(), "aspect": self._pad.aspect_ratio(), "at": self.now()}
        )
        self._consent(signature=signature, shown=self._shown())

    def _on_typed_requested(self) -> None:
        tr = self.kit.tr
        name = self.kit.dialogs.ask_text(
            self, tr("Sign by typing the full name"), tr("The client types the full name"), tr("Sign"), True
        )
        if name:
            self._consent(signature=Signature(typed_name=" ".join(name.split()), at=self.now()), shown=self._shown())

    def _shown(self) -> ConsentText:
        """What stands before whoever signs, even where the clinic's wording has changed since it was put there."""
        return self.presenter.draft.consent.shown or self._read or self._text_to_show()

    def _on_photo_changed(self, answer: PhotoConsent | None) -> None:
        self._consent(photo=answer, photo_at=self.now() if answer else None)
