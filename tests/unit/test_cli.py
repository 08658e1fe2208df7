"""The command line: what may be asked, and faults in plain words."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from needlelog import __version__
from needlelog.cli import Request, check_display, in_plain_words, missing_library, read_arguments
from needlelog.errors import Fault, FaultCode


def test_nothing_asked_opens_the_usual_clinic() -> None:
    assert read_arguments([]) == Request()


def test_folders_become_whole_paths() -> None:
    assert read_arguments(["--data-dir", "clinic"]).data_dir == Path.cwd() / "clinic"
    assert read_arguments(["--tour", "~/pictures"]).tour == Path.home() / "pictures"
    assert read_arguments(["--demo"]).demo


@pytest.mark.parametrize(
    "arguments",
    [
        ["--data-dir"],
        ["--data-dir", " "],
        ["--data-dir", "a\0b"],
        ["--demo", "--tour", "x"],
        ["--dem"],
        ["clinic"],
        ["verify", "secret"],
        ["--demo", "verify"],
    ],
)
def test_mistakes_are_said_with_exit_code_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        read_arguments(arguments)
    assert left.value.code == 2
    assert "needlelog: error:" in capsys.readouterr().err


def test_a_verb_takes_the_folder_before_or_after_it() -> None:
    folder = Path.cwd() / "clinic"
    asked = Request(data_dir=folder, verb="verify", name="Ana", passphrase_env="KEY")
    options = ["--as", "Ana", "--passphrase-env", "KEY"]
    assert read_arguments(["--data-dir", "clinic", "verify", *options]) == asked
    assert read_arguments(["verify", "--data-dir", "clinic", *options]) == asked
    assert read_arguments(["verify"]) == Request(verb="verify")


def test_the_passphrase_comes_from_the_named_variable_or_the_first_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEY", "from outside")
    monkeypatch.setattr("sys.stdin", io.StringIO("typed \nmore"))
    assert Request(passphrase_env="KEY").passphrase() == "from outside"
    assert Request().passphrase() == "typed "
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    for nothing in (Request(), Request(passphrase_env="UNSET")):
        with pytest.raises(Fault) as caught:
            nothing.passphrase()
        assert caught.value.code is FaultCode.PASSPHRASE_MISSING


def test_help_names_every_option(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        read_arguments(["--help"])
    assert left.value.code == 0
    text = capsys.readouterr().out
    for option in ("--data-dir", "--demo", "--tour", "--version", "verify"):
        assert option in text


def test_version_is_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        read_arguments(["--version"])
    assert __version__ in capsys.readouterr().out


@pytest.mark.parametrize(
    ("environment", "platform"),
    [
        ({}, "linux"),
        ({"DISPLAY": ""}, "linux"),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, "linux"),
        ({"QT_QPA_PLATFORM": "minimal:enable_fonts"}, "win32"),
    ],
)
def test_no_display_is_a_fault(environment: dict[str, str], platform: str) -> None:
    with pytest.raises(Fault) as raised:
        check_display(environment, platform)
    assert raised.value.code is FaultCode.NO_DISPLAY


@pytest.mark.parametrize(
    ("environment", "platform"),
    [
        ({"DISPLAY": ":0"}, "linux"),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux"),
        ({"QT_QPA_PLATFORM": "eglfs"}, "linux"),
        ({}, "win32"),
        ({}, "darwin"),
    ],
)
def test_a_display_is_found(environment: dict[str, str], platform: str) -> None:
    check_display(environment, platform)


def test_a_missing_system_library_is_told_from_a_mistake_of_ours() -> None:
    fault = missing_library(ImportError("libGL.so.1: cannot open shared object file: No such file or directory"))
    assert fault is not None
    assert fault.values == {"name": "libGL.so.1"}
    assert missing_library(ImportError("cannot import name 'Window' from 'ui'")) is None


def test_faults_become_one_sentence_and_exit_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    def broken(_: Request) -> int:
        raise Fault(FaultCode.DISK_FULL)

    assert in_plain_words(broken, Request(tour=Path("x"))) == 2
    said = capsys.readouterr().err
    assert said.startswith("NeedleLog: The disk is full.")
    assert said.count("\n") == 1


def test_our_own_failed_import_is_not_hidden() -> None:
    def broken(_: Request) -> int:
        raise ImportError("cannot import name 'Window' from 'ui'")

    with pytest.raises(ImportError):
        in_plain_words(broken, Request(tour=Path("x")))


def test_the_command_line_loads_no_window_and_no_database() -> None:
    code = (
        "import sys, needlelog.cli;"
        "print([m for m in ('PySide6', 'pydantic', 'sqlalchemy', 'cryptography') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
