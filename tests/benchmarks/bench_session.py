"""What a visit costs: one edit against one bare commit, painting each page, and memory against a bare window.

Run it: ``QT_QPA_PLATFORM=offscreen python -m tests.benchmarks.bench_session``. It prints, it asserts nothing.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

ROUNDS = 60
MANY_PASSES = 200
FRAME_MS = 16.0


UNSEEN = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}


def timed(act: Callable[[int], object], rounds: int = ROUNDS) -> float:
    """The middle of so many runs, in milliseconds."""
    took = []
    for turn in range(rounds):
        started = time.perf_counter()
        act(turn)
        took.append((time.perf_counter() - started) * 1000)
    return median(took)


def bare_commit(folder: Path, size: int) -> float:
    """One durable SQLCipher commit of a row of this many characters, with the pragmas of the program."""
    import sqlcipher3

    database = sqlcipher3.connect(str(folder / "bare.db"), isolation_level=None)
    database.execute(f"PRAGMA key = \"x'{'ab' * 32}'\"")
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    database.execute("CREATE TABLE held (id INTEGER PRIMARY KEY, content TEXT)")
    database.execute("INSERT INTO held VALUES (1, '')")

    def commit(turn: int) -> None:
        database.execute("BEGIN IMMEDIATE")
        database.execute("UPDATE held SET content = ? WHERE id = 1", (str(turn).ljust(size, "x"),))
        database.execute("COMMIT")

    took = timed(commit)
    database.close()
    return took


def peak_mib() -> float:
    """The most memory this process has held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def bare_window_mib() -> float:
    """The most memory of a process that shows one empty window."""
    script = (
        "from PySide6.QtWidgets import QApplication, QWidget\n"
        "import resource\n"
        "app = QApplication([]); w = QWidget(); w.resize(1280, 800); w.show(); app.processEvents(); w.grab()\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    return float(
        subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True, env=UNSEEN).stdout
    )


def visit(folder: Path) -> None:
    """A whole visit through the real screen, measured as it goes."""
    from PySide6.QtWidgets import QApplication

    from needlelog.bootstrap import words
    from needlelog.domain.findings import Gate, StepId
    from tests import builders as b
    from tests.desks import StandingClock, a_door, set_up_desk
    from ui.screens.session.screen import SessionScreen
    from ui.toolkit.dialogs import Dialogs
    from ui.toolkit.kit import Kit
    from ui.toolkit.tasks import InlineTasks
    from ui.toolkit.theme import LIGHT, Theme

    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme = Theme(application)
    theme.use(LIGHT)
    clock = StandingClock()
    door = a_door(folder, clock)
    desk = set_up_desk(door)
    desk.materials.add(b.a_device())
    client = desk.clients.add(b.a_client())
    draft = desk.sessions.start(client.id)
    flow, _ = desk.sessions.resume(draft.id)
    full = b.a_full_draft()
    flow.edit(lambda x: x.with_(consultation=full.consultation, consent=full.consent, cleansing=full.cleansing))
    flow.edit(lambda x: x.with_(numbing=full.numbing, serums=full.serums, reactions=full.reactions))
    flow.edit(lambda x: x.with_(needling=full.needling.with_(passes=())))
    for finding in flow.open_findings(Gate.NEEDLING):
        flow.override(finding, "benchmark")
    passes = tuple(b.a_pass(id=b.an_id(10_000 + n), at=b.a_moment(62 + n / 10)) for n in range(MANY_PASSES))
    flow.edit(lambda x: x.with_(needling=x.needling.with_(passes=passes)))
    tr = words()
    screen = SessionScreen(Kit(theme, tr, InlineTasks(), Dialogs(theme, tr), clock), desk, draft.id)
    screen.resize(1192, 800)
    screen.show()
    screen.activate()
    print(f"A visit with {MANY_PASSES} passes")
    for step in StepId:
        screen.presenter.go_to(step)
        application.processEvents()
        page = screen.page
        shown = timed(lambda _, page=page: page.show_draft(screen.presenter.draft), 20)

        def edit(turn: int, step: StepId = step) -> None:
            screen.presenter.edit(lambda x: x.with_(aftercare=x.aftercare.with_(note=f"{step} {turn}")))
            screen.presenter.flush()

        edited = timed(edit, 20)
        mark = "" if edited <= FRAME_MS else f"   over {FRAME_MS:.0f} ms"
        print(f"  {step.value:14} show {shown:6.2f} ms   edit, saved and shown {edited:6.2f} ms{mark}")
    size = len(screen.presenter.draft.model_dump_json())
    screen.presenter.watch(False)
    plain = desk.sessions.start(client.id)
    small, _ = desk.sessions.resume(plain.id)
    small.edit(lambda x: x.with_(consultation=full.consultation, consent=full.consent))
    one = timed(lambda turn: small.edit(lambda x: x.with_(aftercare=x.aftercare.with_(note=str(turn)))))
    bare = bare_commit(folder, len(small.draft.model_dump_json()))
    print(f"One edit to durable save {one:.2f} ms, one bare commit {bare:.2f} ms: ratio {one / bare:.2f} (aim 3.0)")
    large = screen.presenter.flow
    many = timed(lambda turn: large.edit(lambda x: x.with_(aftercare=x.aftercare.with_(note=f"many {turn}"))))
    own = folder / "many"
    own.mkdir()
    bare_many = bare_commit(own, size)
    print(f"  the same with {MANY_PASSES} passes {many:.2f} ms, bare {bare_many:.2f} ms: ratio {many / bare_many:.2f}")
    screen.close()
    door.leave()


def main() -> None:
    """Measure and print."""
    # First: a process inherits the peak of the one that starts it.
    bare = bare_window_mib()
    with tempfile.TemporaryDirectory() as folder:
        visit(Path(folder))
    held = peak_mib()
    print(f"Memory after the visit {held:.0f} MiB, a bare window {bare:.0f} MiB: ratio {held / bare:.2f} (aim 2.0)")


if __name__ == "__main__":
    main()
