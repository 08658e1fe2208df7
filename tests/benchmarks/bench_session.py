"""What a visit costs: one edit against one bare commit, and painting each page.

Run it: ``python -m tests.benchmarks.bench_session``. It prints, it asserts nothing.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from itertools import count
from pathlib import Path
from statistics import median

from needlelog.storage.connection import KEY_BYTES, connect
from needlelog.workflow.flow import SessionFlow

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ROUNDS = 100
WARM_UP = 5
MANY_PASSES = 200
FRAME_MS = 16.0


def timed(act: Callable[[int], object], rounds: int = ROUNDS) -> float:
    """The middle of so many runs, in milliseconds."""
    return median(once(lambda turn=turn: act(turn)) for turn in range(rounds))


def once(act: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """How long this takes, in milliseconds."""
    started = clock()
    act()
    return (clock() - started) * 1000


def against_bare_commit(folder: Path, edit: Callable[[], object], size: int) -> tuple[float, float, float, float]:
    """One edit and one durable SQLCipher commit of as many characters, in ms and as a ratio; they take turns.

    The last is the ratio of processor time: what a disk that is busy with others' writes does not hide.
    """
    folder.mkdir()
    turns = count()
    with closing(connect(folder / "bare.db", os.urandom(KEY_BYTES), mode="rwc")) as database:
        database.execute("CREATE TABLE held (id INTEGER PRIMARY KEY, content TEXT)")
        database.execute("INSERT INTO held VALUES (1, '')")

        def commit() -> None:
            database.execute("BEGIN IMMEDIATE")
            database.execute("UPDATE held SET content = ? WHERE id = 1", (f"{next(turns):06}".ljust(size, "x"),))
            database.execute("COMMIT")

        pairs = [(once(edit), once(commit)) for _ in range(WARM_UP + ROUNDS)][WARM_UP:]
        busy = [(once(edit, time.process_time), once(commit, time.process_time)) for _ in range(ROUNDS)]
    return (
        median(ours for ours, _ in pairs),
        median(bare for _, bare in pairs),
        median(ours / bare for ours, bare in pairs),
        median(ours for ours, _ in busy) / median(bare for _, bare in busy),
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
    screen.presenter.watch(False)
    plain = desk.sessions.start(client.id)
    small, _ = desk.sessions.resume(plain.id)
    small.edit(lambda x: x.with_(consultation=full.consultation, consent=full.consent))
    turns = count()

    def edit(flow: SessionFlow) -> object:
        flow.edit(lambda x: x.with_(aftercare=x.aftercare.with_(note=f"turn {next(turns):06}")))
        return flow.draft.saved_at

    large = screen.presenter.flow
    for name, flow in (("One edit to durable save", small), (f"  the same with {MANY_PASSES} passes", large)):
        size = len(flow.draft.model_dump_json())
        ours, bare, ratio, busy = against_bare_commit(folder / f"bare {size}", lambda flow=flow: edit(flow), size)
        said = f"{name} {ours:.2f} ms, one bare commit {bare:.2f} ms: ratio {ratio:.2f} (aim 3.0)"
        print(f"{said}, of processor time {busy:.2f}")
    screen.close()
    door.leave()


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        visit(Path(folder))


if __name__ == "__main__":
    main()
