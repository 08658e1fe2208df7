"""NeedleLog, started: read the arguments and hand over to the window."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from functools import partial

from needlelog.cli import Request, in_plain_words, read_arguments


def _open(request: Request) -> int:
    if request.verb == "verify":
        from needlelog.bootstrap import door, words
        from needlelog.verbs import verify, verify_print

        one = request.code is not None or request.paper is not None
        check = partial(verify_print, request.code, request.paper) if one else verify
        return check(door(request.data_dir), words(), name=request.name, passphrase=request.passphrase)
    # What is loaded on the way to the first picture stays: nothing to collect until it is there.
    gc.disable()
    try:
        from ui.application import run

        return run(request)
    finally:
        gc.enable()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run NeedleLog with these arguments (the command line's for None); returns the exit code."""
    request = read_arguments(sys.argv[1:] if arguments is None else arguments)
    return in_plain_words(_open, request)


if __name__ == "__main__":
    sys.exit(main())
