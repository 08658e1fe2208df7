"""What a process holds after a whole visit in the real window, against a bare PySide6 window; resident memory, MiB.

Run: ``python -m tests.benchmarks.bench_memory``. The visit: unlock with keys at their full price, find the client, all
nine steps shown and edited, sign, look at the aftercare sheet and at the record, and back to the client. The peak holds
what is given back again: the memory that one guess of a passphrase costs, and the pages of the preview.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from needlelog.bootstrap import door, words
from needlelog.domain.papers import HandOver
from needlelog.services.desk import Desk
from needlelog.vault.key_file import Cost
from tests import builders as b
from tests.desks import PASSPHRASE, StandingClock, set_up_desk

ROUNDS = 3
ROOT = Path(__file__).resolve().parents[2]

HELD = """
def held():
    lines = open("/proc/self/status").read().splitlines()
    return " ".join(str(int(line.split()[1]) / 1024) for line in lines if line.startswith(("VmRSS", "VmHWM")))
"""

BARE_WINDOW = """
import sys
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow
app = QApplication([])
window = QMainWindow()
window.setCentralWidget(QLineEdit())
window.resize(1280, 800)
window.show()
app.processEvents()
window.grab()
print(held())
"""

VISIT = """
import sys
from pathlib import Path
from uuid import UUID
from PySide6.QtCore import QTimer
from ui.application import Program, make_application
from ui.toolkit.screen import ToClient, ToClients, ToPaper, ToRecord, ToSession
folder, draft_id, client_id, document_id, passphrase = sys.argv[1:]
app = make_application()
program = Program(app, Path(folder))
window = program.window
def visit():
    from needlelog.domain.findings import StepId
    yield "unlock"
    window.front.passphrase.line.setText(passphrase)
    window.front.passphrase.line.returnPressed.emit()
    yield "today"
    for route in (ToClients(), ToClient(UUID(client_id)), ToSession(UUID(draft_id))):
        window.work.go(route)
        yield type(route).__name__
    presenter = window.work.screen_now.presenter
    for step in StepId:
        presenter.go_to(step)
        presenter.edit(lambda draft: draft.with_(aftercare=draft.aftercare.with_(note=f"at {step}")))
        presenter.flush()
        yield step
    flow = presenter.flow
    for finding in flow.findings:
        if finding.overridable:
            flow.override(finding, "benchmark")
    window.work.desk.sessions.sign(flow)
    for route in (ToRecord(UUID(draft_id)), ToPaper(UUID(document_id)), ToClient(UUID(client_id))):
        window.work.go(route)
        yield type(route).__name__
steps = visit()
def on():
    program.kit.tasks.drain()
    window.grab()
    reached = next(steps, None)
    if reached is None:
        print(held())
        program.close()
        app.quit()
        return
    print(held(), reached, file=sys.stderr)
    QTimer.singleShot(50, on)
window.painted.connect(lambda: QTimer.singleShot(0, on))
program.start()
app.exec()
"""


def _held(code: str, *arguments: str) -> tuple[float, float]:
    """What the process holds at its end, and the most it ever held."""
    done = subprocess.run(
        [sys.executable, "-c", HELD + code, *arguments],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    most, now = map(float, done.stdout.split())
    return now, most


def _ready_visit(desk: Desk) -> tuple[str, str, str]:
    """A visit with everything but the signature; returns its draft, its client and its sheet."""
    desk.materials.add(b.a_device())
    client = desk.clients.add(b.a_client())
    flow, _ = desk.sessions.resume(desk.sessions.start(client.id).id)
    full = b.a_full_draft()
    parts = {
        name: getattr(full, name)
        for name in ("consultation", "consent", "cleansing", "numbing", "serums", "cooling", "reactions", "aftercare")
    }
    flow.edit(lambda draft: draft.with_(**parts, needling=full.needling.with_(passes=())))
    for finding in flow.findings:
        if finding.overridable:
            flow.override(finding, "benchmark")
    flow.edit(lambda draft: draft.with_(needling=full.needling))
    given = desk.papers.give(flow, desk.papers.aftercare(flow.draft, client), HandOver.SHOWN)
    return str(flow.draft.id), str(client.id), str(given.document_id)


def main() -> None:
    """Print the ratios."""
    visits, windows = [], []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            clock = StandingClock()
            way_in = door(Path(folder) / "clinic", clock=clock, tr=words(), cost=Cost())
            way_in.enter()
            desk = set_up_desk(way_in)
            ids = _ready_visit(desk)
            desk.close()
            way_in.leave()
            visits.append(_held(VISIT, str(way_in.folder.root), *ids, PASSPHRASE))
            windows.append(_held(BARE_WINDOW))
    for name, place in (("after a whole visit", 0), ("at the most", 1)):
        ours, bare = median(each[place] for each in visits), median(each[place] for each in windows)
        print(f"{name}: {ours:.0f} MiB, a bare window {bare:.0f} MiB: ratio {ours / bare:.2f} (aim 2.0)")


if __name__ == "__main__":
    main()
