"""The command line: what may be asked for, and faults said in one plain sentence. Knows no window."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from needlelog import __version__
from needlelog.errors import Fault, FaultCode
from needlelog.i18n import Words

FAULT_EXIT = 2
UNSEEN_PLATFORMS = ("offscreen", "minimal", "vnc", "linuxfb")
"""Qt platforms on which nobody sees a window."""

_EPILOG = """\
Your records are encrypted and stay on this computer: NeedleLog has no account and never uses a network.
Without options the clinic in your own data folder is opened; the first start sets it up.

  needlelog                          open your clinic
  needlelog --data-dir D:/clinic     open the clinic in that folder, or set one up there
  needlelog --demo                   look around in a made-up clinic; nothing is kept
  needlelog --tour pictures          take a picture of every screen of a whole visit
  needlelog verify                   check every seal, paper and photo; the passphrase comes from standard input
  needlelog verify --code CODE       check one print by the code that stands beside its seal

The exit code is 0 when all went well, 1 when verify found something that is not as it was recorded,
3 when its check broke off, else 2.
"""


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for on the command line."""

    data_dir: Path | None = None
    demo: bool = False
    tour: Path | None = None
    verb: str = ""
    name: str = ""
    passphrase_env: str = ""
    code: str | None = None
    """The code typed from a print, to be held against the records."""

    paper: Path | None = None
    """A PDF to be held against them."""

    def passphrase(self) -> str:
        """The passphrase, from where it was said to be; raises ``Fault(PASSPHRASE_MISSING)``."""
        if self.passphrase_env:
            found = os.environ.get(self.passphrase_env, "")
        elif sys.stdin.isatty():
            import getpass

            found = getpass.getpass("Passphrase: ", sys.stderr)
        else:
            found = sys.stdin.readline().rstrip("\r\n")
        if not found:
            raise Fault(FaultCode.PASSPHRASE_MISSING)
        return found


def read_arguments(arguments: Sequence[str]) -> Request:
    """The request in ``arguments``; for ``--help``, ``--version`` and mistakes it speaks and raises ``SystemExit``."""
    parser = argparse.ArgumentParser(
        prog="needlelog",
        description="Guides a microneedling visit, keeps its record encrypted and prints the aftercare sheet.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", title="without a window")
    verify = verbs.add_parser(
        "verify",
        help="check that every record, paper and photo is as it was signed",
        description="Checks the chain of seals, every paper and hand-over, and every photo file. Changes nothing.",
        allow_abbrev=False,
    )
    _add_key_options(verify)
    one = verify.add_mutually_exclusive_group()
    one.add_argument(
        "--code",
        metavar="CODE",
        help="check one print instead: the code that stands beside its seal; says which record it belongs to and "
        "whether that still is what was signed",
    )
    one.add_argument("--paper", metavar="FILE", type=_folder, help="the same for a paper that was saved as PDF")
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--data-dir",
        metavar="DIR",
        type=_folder,
        help="keep the clinic in this folder instead of the usual one; an empty or new folder starts a new clinic",
    )
    which.add_argument(
        "--demo",
        action="store_true",
        help="open a made-up clinic with a year of records in a throw-away folder; no passphrase is asked, "
        "nothing in it is real, and it is removed when the window closes",
    )
    which.add_argument(
        "--tour",
        metavar="DIR",
        type=_folder,
        help="walk through a whole visit by itself and save a numbered picture of every screen, and the papers, "
        "into this folder; needs no display",
    )
    parser.add_argument("--version", action="version", version=f"NeedleLog {__version__}")
    found = parser.parse_args(list(arguments))
    if found.verb is None:
        return Request(data_dir=found.data_dir, demo=found.demo, tour=found.tour)
    if found.demo or found.tour:
        parser.error(f"{found.verb} opens no window: leave out --demo and --tour")
    return Request(
        data_dir=found.data_dir,
        verb=found.verb,
        name=found.name,
        passphrase_env=found.passphrase_env,
        code=found.code,
        paper=found.paper,
    )


def _add_key_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--data-dir", metavar="DIR", type=_folder, default=argparse.SUPPRESS, help="the clinic's folder")
    verb.add_argument(
        "--as", dest="name", metavar="NAME", default="", help="whose passphrase it is, where several may unlock"
    )
    verb.add_argument(
        "--passphrase-env",
        metavar="VARIABLE",
        default="",
        help="take the passphrase from this environment variable instead of the first line of standard input",
    )


def _folder(text: str) -> Path:
    if not text.strip():
        raise argparse.ArgumentTypeError("the folder has no name")
    if "\0" in text:
        raise argparse.ArgumentTypeError("the folder's name holds a character that cannot be seen")
    return Path(text).expanduser().absolute()


def check_display(environment: Mapping[str, str], platform: str = sys.platform) -> None:
    """Raise ``Fault(NO_DISPLAY)`` where a window could not be opened, or would be seen by nobody."""
    asked = environment.get("QT_QPA_PLATFORM", "").split(";")[0].split(":")[0]
    if asked in UNSEEN_PLATFORMS:
        raise Fault(FaultCode.NO_DISPLAY)
    named = asked or environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")
    if platform.startswith("linux") and not named:
        raise Fault(FaultCode.NO_DISPLAY)


def missing_library(error: ImportError) -> Fault | None:
    """The fault behind an import that failed for want of a system library; None for any other failed import."""
    found = re.match(r"(lib[^\s:]+|[^\s:]+\.dll|DLL load failed)", str(error))
    return Fault(FaultCode.SYSTEM_LIBRARY_MISSING, name=found.group(1)) if found else None


def in_plain_words(start: Callable[[Request], int], request: Request) -> int:
    """What ``start`` returns; a fault of the world becomes one sentence on stderr and exit code 2."""
    try:
        if request.tour is None and not request.verb:
            check_display(os.environ)
        return start(request)
    except Fault as fault:
        return say(fault)
    except ImportError as error:
        fault_of_system = missing_library(error)
        if fault_of_system is None:
            raise
        return say(fault_of_system)


def say(fault: Fault) -> int:
    """Put the sentence of ``fault`` on stderr; returns the exit code that goes with it."""
    sys.stderr.write(f"NeedleLog: {Words().fault(fault)}\n")
    return FAULT_EXIT
