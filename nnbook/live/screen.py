"""What the page shows of a cell, in order: text in pieces, and everything else between them."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from typing import Any

CUT = "\n[…]"
Output = dict[str, Any]


class Stream(io.TextIOBase):
    """One of the two standard streams; what is written goes to the page in pieces."""

    encoding = "utf-8"

    def __init__(self, screen: Screen, name: str) -> None:
        self._screen, self._name = screen, name

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._screen.write(self._name, text)
        return len(text)

    def flush(self) -> None:
        self._screen.flush()


class Screen:
    """Puts outputs in order and passes them on.

    Parameters
    ----------
    send : function
        Takes each output.
    """

    PAUSE = 0.05  # seconds between two pieces of text, if the last one is a whole line
    LONG_PAUSE = 0.5
    PIECE = 20_000  # characters
    LIMIT = 500_000  # characters in one run: an endless loop may print, too

    def __init__(self, send: Callable[[Output], None]) -> None:
        self._send = send
        self._name, self._text, self._size = "", [""], 0
        self._sent, self._left = 0.0, self.LIMIT
        self.out, self.err = Stream(self, "stdout"), Stream(self, "stderr")

    def begin(self) -> None:
        """Take note that a cell begins: it may write as much as any other."""
        self._left, self._sent = self.LIMIT, time.monotonic()

    def write(self, name: str, text: str) -> None:
        """Take text for a stream."""
        if self._left <= 0 or not text:
            return
        self._left -= len(text)
        if self._left <= 0:
            text = text[: self._left or None] + f"{CUT}\n"
        if name != self._name:
            self.flush()
        self._name, self._size = name, self._size + len(text)
        self._text.append(text)
        pause = self.PAUSE if text.endswith("\n") else self.LONG_PAUSE
        if self._size > self.PIECE or time.monotonic() > self._sent + pause:
            self.flush()

    def flush(self) -> None:
        """Pass on the text that waits."""
        if self._size:
            self._send({"type": "stream", "name": self._name, "text": "".join(self._text)})
            self._text, self._size = [], 0
            self._sent = time.monotonic()

    def put(self, output: Output) -> None:
        """Pass on an output that is no text."""
        self.flush()
        self._send(output)
