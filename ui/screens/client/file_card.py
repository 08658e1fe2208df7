"""The whole file of a client as one PDF: with or without photos, how far it is, and the way to stop it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from needlelog.domain.client import Client
from needlelog.errors import Fault, FaultCode
from needlelog.files import save_chosen
from needlelog.services.desk import Desk
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.long_task import Steps, beside_the_window
from ui.toolkit.tasks import Lane
from ui.toolkit.theme import SPACE
from ui.widgets.notice import Notice
from ui.widgets.tick_row import TickRow


class ClientFileCard(QWidget):
    """Asks where to, makes the file off the window's thread and writes it there whole; nothing lies about elsewhere."""

    def __init__(self, kit: Kit, desk: Desk, client: Client) -> None:
        super().__init__()
        self._kit = kit
        self._desk = desk
        self._client = client
        self._steps: Steps | None = None
        self._written: Path | None = None
        tr = kit.tr
        self.save = button(kit.theme, tr("Save the whole file as PDF"), "quiet", "save")
        self.save.clicked.connect(self._on_save)
        self.photos = TickRow(tr("With photos"))
        self.photos.setMinimumHeight(48)
        self._how_far = label("", "body", muted=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("How far the file is"))
        self.stop_button = button(kit.theme, tr("Stop"), "secondary", "cross")
        self.stop_button.clicked.connect(self.stop)
        self.notice = Notice(kit.theme, "ok")
        self.open_it = button(kit.theme, tr("Open it"), "quiet", "chevron-right")
        self.open_it.clicked.connect(self._on_open)
        self._running = QWidget()
        far = QVBoxLayout()
        far.setSpacing(4)
        far.addWidget(self._how_far)
        far.addWidget(self._bar)
        row = QHBoxLayout(self._running)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addLayout(far, 1)
        row.addWidget(self.stop_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        for part in (self.save, self.photos, self._running, self.notice, self.open_it):
            column.addWidget(part)
        for hidden in (self._running, self.open_it):
            hidden.hide()

    def stop(self) -> None:
        """What is being made is not wanted any more."""
        if self._steps is not None:
            self._steps.stop()
            self._how_far.setText(self._kit.tr("Stopping…"))

    def _on_save(self) -> None:
        tr = self._kit.tr
        path = self._kit.dialogs.pdf_to_save(self, tr("Save as PDF"), tr("client-file") + ".pdf")
        if path is None:
            return
        steps, photos = Steps(), self.photos.isChecked()
        self._steps = steps
        steps.went_on.connect(self._show_how_far)
        # The page may be painted anew, or left, before the file is there.
        self.destroyed.connect(steps.stop)
        self._rest(running=True)

        def work() -> Path:
            files = self._desk.client_files
            with beside_the_window():
                data = files.make(self._client, photos=photos, went_on=steps.say, breathe=steps.breathe)
            steps.breathe()
            save_chosen(path, data)
            return path

        self._kit.tasks.run(work, self._on_written, self._on_failed, owner=self, lane=Lane.PAPERS)

    def _show_how_far(self, done: int, of: int) -> None:
        tr = self._kit.tr
        self._bar.setRange(0, of)
        self._bar.setValue(done)
        now = tr("Visit {number} of {count}", number=done + 1, count=of)
        self._how_far.setText(now if done < of else tr("Drawing the pages"))

    def _on_written(self, path: Path) -> None:
        self._written = path
        self._rest(running=False)
        self.open_it.show()
        self.notice.say(self._kit.tr("Saved as {name}.", name=path.name), "ok")

    def _on_failed(self, fault: Fault) -> None:
        self._rest(running=False)
        self.notice.say(str(self._kit.tr.fault(fault)), "raised" if fault.code is FaultCode.STOPPED else "stop")

    def _rest(self, *, running: bool) -> None:
        if not running:
            self._steps = None
        self._how_far.setText("")
        self._bar.setRange(0, 0 if running else 1)
        self._running.setVisible(running)
        self.save.setEnabled(not running)
        self.photos.setEnabled(not running)
        self.open_it.hide()
        self.notice.say("")

    def _on_open(self) -> None:
        if self._written is not None and not self._kit.dialogs.open_outside(self._written):
            self.notice.say(str(self._kit.tr.fault(Fault(FaultCode.NO_VIEWER, name=self._written.name))), "stop")
