"""A person at a terminal: keys go to minipy through a pseudo-terminal, what it writes is drawn on a screen."""

from __future__ import annotations

import os
import pty
import select
import struct
import subprocess
import sys
import time
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSWINSZ

import pyte

import minipy

HOME = str(Path(minipy.__file__).resolve().parent.parent)
PATIENCE = 90.0
"""Seconds until something expected must be on the screen, on a machine however busy."""
PASTE = "\x1b[200~{}\x1b[201~"
"""How a terminal hands over what is pasted."""
ROWS = 200
START = "import os, sys, fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.executable, sys.argv[1:])"
"""What the new process does first: the terminal becomes the one whose Ctrl-C it gets. (A fork would copy this process,
which may hold the address spaces of many machines.)"""
COLOURLESS = {"default", "black", "white"}


class Person:
    """One session of `minipy` with arguments on a terminal of so many columns; `state` is the folder of its history."""

    def __init__(self, state: Path, columns: int = 80, *arguments: str, **environment: str) -> None:
        self.screen = pyte.Screen(columns, ROWS)
        self.stream = pyte.ByteStream(self.screen)
        self.keyboard, terminal = pty.openpty()
        ioctl(terminal, TIOCSWINSZ, struct.pack("HHHH", ROWS, columns, 0, 0))
        command = [sys.executable, "-P", "-m", "minipy", *arguments]
        self.child = subprocess.Popen(
            [sys.executable, "-c", START, *command], stdin=terminal, stdout=terminal, stderr=terminal,
            start_new_session=True, env={**os.environ, "PYTHONPATH": HOME, "XDG_STATE_HOME": str(state),
                                         "TERM": "xterm-256color", **environment},
        )  # fmt: skip
        os.close(terminal)
        self.screen.write_process_input = self.types  # the terminal's answer to "where is the cursor?"

    # ------------------------------------------------------------ reading
    def look(self, seconds: float = 0.05) -> bool:
        """Draw what has been written meanwhile. False: the session is over."""
        if select.select([self.keyboard], [], [], seconds)[0]:
            try:
                written = os.read(self.keyboard, 1 << 16)
            except OSError:
                written = b""
            self.stream.feed(written)
            return written != b""
        return True

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(line.rstrip() for line in self.screen.display).rstrip()

    def last(self, length: int) -> str:
        """The line at the end of what stands on the screen, of so many letters, however it is broken up."""
        rows = max(1, -(-length // self.screen.columns))
        return "".join(self.screen.display[: self.text.count("\n") + 1][-rows:]).rstrip()

    def sees(self, text: str) -> None:
        """Wait until that stands on the screen."""
        end = time.monotonic() + PATIENCE
        while text not in self.text:
            assert time.monotonic() < end and self.look(), f"{text!r} is not on the screen:\n{self.text}"

    def colours(self, text: str) -> set[str]:
        """The colours of the first place where the text stands, those of unmarked text left out."""
        for row, line in enumerate(self.screen.display):
            column = line.find(text)
            if column >= 0:
                cells = [self.screen.buffer[row][column + i] for i in range(len(text))]
                return {cell.fg for cell in cells} - COLOURLESS
        raise AssertionError(f"{text!r} is not on the screen:\n{self.text}")

    def sees_marked(self, letter: str, below: str) -> None:
        """Wait until the letter has a background of its own in the last line, which ends so."""
        end = time.monotonic() + PATIENCE
        while True:
            row = max(i for i, line in enumerate(self.screen.display) if line.rstrip().endswith(below))
            column = self.screen.display[row].rindex(below) + below.index(letter)
            if self.screen.buffer[row][column].bg != "default":
                return
            assert time.monotonic() < end and self.look(), f"{letter!r} is not marked in {below!r}"

    # ------------------------------------------------------------ typing
    def types(self, keys: str) -> None:
        """Press keys."""
        os.write(self.keyboard, keys.encode())

    def writes(self, line: str) -> None:
        """Wait for a prompt below all that was said, type a line, wait until it stands there.

        So no key is pressed between two prompts, where the terminal itself would take it: Ctrl-D is the end of no line
        there, and the echo of what is typed early stands among what is said.
        """
        self.waits()
        self.types(line)
        self.waits(f">>> {line}".rstrip())

    def enters(self, line: str, answer: str = "") -> None:
        """The same with Enter behind it; wait for the answer."""
        self.writes(line)
        self.types("\r")
        if answer:
            self.sees(answer)

    def waits(self, line: str = ">>>") -> None:
        """Wait until the last line is an empty prompt, or this (however it is broken up)."""
        end = time.monotonic() + PATIENCE
        while self.last(len(line)) != line:
            assert time.monotonic() < end and self.look(), f"the last line is not {line!r}:\n{self.text}"

    def leaves(self, keys: str) -> int:
        """End the session by these keys; its exit code.

        They are pressed again when nothing happens: a Ctrl-D between two prompts, while the terminal still collects
        whole lines, is the end of no line and gets lost.
        """
        self.waits()
        end = time.monotonic() + PATIENCE
        again = 0.0
        while self.look(0.2):
            assert time.monotonic() < end, f"the session does not end:\n{self.text}"
            if time.monotonic() > again:
                self.types(keys)
                again = time.monotonic() + PATIENCE / 10
        return self.child.wait(PATIENCE)

