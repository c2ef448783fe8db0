"""A limit on the time that an answer may take, within the answer's own thread.

In a browser there is no second thread and no interrupt, so the answer itself has to look at the
clock: Python reports the jumps and the lines that it runs to `Limit`, which raises `TooLong`, if
need be again and again. One call that runs in C, such as ``sum(itertools.count())``, cannot be
stopped: nothing is reported before it ends.
"""

from __future__ import annotations

import dis
import os
import sys
import threading
import time
import traceback
from pathlib import Path
from types import CodeType, FrameType, TracebackType
from typing import Any

import numpy as np

import nnbook
import nnlib

SECONDS = 10.0

_JUDGES = tuple(  # with the separator
    str(Path(nnbook.__file__).parent / name / "_")[:-1] for name in ("exercises", "questions")
)
_BOOK = tuple(str(Path(file).parent / "_")[:-1] for file in (nnlib.__file__, nnbook.__file__))
_INSTALLED = (
    str(Path(os.__file__).with_name("_"))[:-1],
    str(Path(np.__file__).parents[1] / "_")[:-1],
    "<frozen ",
)


def of_the_reader(code: CodeType) -> bool:
    """Whether code is neither the book's nor installed."""
    return not code.co_filename.startswith((*_BOOK, *_INSTALLED))


def _may_be_stopped(code: CodeType) -> bool:
    """Whether code can go on for ever and leaves nothing undone when it is stopped.

    A loop in `nnlib` takes as many epochs as its caller asks for. What is installed ends by itself,
    and may just be cleaning up.
    """
    file = code.co_filename
    return of_the_reader(code) or (file.startswith(_BOOK) and not file.startswith(_JUDGES))


class TooLong(BaseException):
    """Raised where an answer is when its time is over; no ``except Exception`` catches it."""

    def __init__(self, limit: Limit) -> None:
        super().__init__(limit)
        self.limit = limit

    def __del__(self) -> None:
        # Python 3.11 stops tracing when a tracer raises. Code that swallows the exception drops it,
        # and is traced again from here: its next line raises another. (With 3.11, code that keeps
        # the exception for good or catches a RecursionError can still go on.)
        self.limit.trace_again(self.__traceback__)


class Limit:
    """Seconds for all that runs ``with`` it, taken together.

    Attributes
    ----------
    over : bool
        Whether they were too few.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds, self.over = seconds, False
        self._left = seconds
        self._deadline = 0.0
        self._before: Any = sys.gettrace()
        self._trace: Any = self._before  # what traces while the answer runs
        self._lines = 0
        self._latest: dict[tuple[str, int], int] = {}  # file and line -> which one in the row
        self._stopped: tuple[CodeType, int] | None = None  # code and line that were to run next

    def look(self, frame: FrameType) -> None:
        """Take note of the line that runs now, and raise when the time is over."""
        if self._lines == 0:  # a busy machine may wake late; a tenth is watched all the same
            self._deadline = max(self._deadline, time.monotonic() + self.seconds / 10)
        self._lines += 1
        self._latest[frame.f_code.co_filename, frame.f_lineno] = self._lines
        if not self.over and (now := time.monotonic()) > self._deadline:
            if self.debugging():
                self._deadline = now + self.seconds
            else:
                self.over = True
        if self.over:
            self._stopped = frame.f_code, frame.f_lineno
            raise TooLong(self)

    def debugging(self) -> bool:
        """Whether someone debugs the answer, as with ``breakpoint()``: they take their time."""
        return sys.gettrace() != self._trace or _debugger_is_attached()

    def going_round(self, error: BaseException) -> tuple[str, int]:
        """Return file and line where the loop begins that was running when `error` was raised."""
        place = ("", 0)
        running = [(frame.f_code, n) for frame, n in traceback.walk_tb(error.__traceback__)]
        if self._stopped:  # a function stopped as it starts, or goes on to yield, is not among them
            running.append(self._stopped)
        for code, number in running:  # the outermost first
            if not of_the_reader(code):
                continue
            place = (code.co_filename, number)
            own = {(code.co_filename, line) for *_, line in code.co_lines() if line}
            # Around a loop that does not end, the lines of another one came by long ago.
            round_trip = [p for p in own & set(self._latest) if 2 * self._latest[p] > self._lines]
            if round_trip:
                return min(round_trip, key=lambda p: (p[1] == code.co_firstlineno, p))
        return place

    def __enter__(self) -> Limit:
        self._deadline = time.monotonic() + self._left
        self._thread = threading.get_ident()
        self._watch(self._deadline - self.seconds / 10)
        return self

    def __exit__(self, *raised: object) -> None:
        self._unwatch()
        self._left = self._deadline - time.monotonic()

    # -- How Python reports: cheaply at first, each line of the last tenth of the time ---------

    if sys.version_info >= (3, 12):

        def _watch(self, wake: float) -> None:
            monitoring, events, now = sys.monitoring, sys.monitoring.events, time.monotonic
            free = [number for number in (3, 4) if monitoring.get_tool(number) is None]
            self._tool = free[0] if free else None  # none free: no limit
            if self._tool is None:
                return

            def report(code: CodeType, *_: int) -> object:
                return None if now() < wake else self._look_closely(code, sys._getframe(1))

            monitoring.use_tool_id(self._tool, __name__)
            for event in (events.JUMP, events.PY_START, events.LINE):
                monitoring.register_callback(self._tool, event, report)
            self._cheap = events.JUMP | events.PY_START  # each loop jumps; C calls what then starts
            monitoring.set_events(self._tool, self._cheap)

        def _look_closely(self, code: CodeType, frame: FrameType) -> object:
            if not _may_be_stopped(code):
                return sys.monitoring.DISABLE  # at this place; the others go on
            if threading.get_ident() == self._thread:
                assert self._tool is not None
                sys.monitoring.set_events(self._tool, self._cheap | sys.monitoring.events.LINE)
                self.look(frame)
            return None

        def _unwatch(self) -> None:
            if self._tool is not None:
                sys.monitoring.set_events(self._tool, 0)
                sys.monitoring.free_tool_id(self._tool)

        def trace_again(self, where: TracebackType | None) -> None:
            """Do nothing: monitoring goes on, whatever it raises."""

    else:

        def _watch(self, wake: float) -> None:
            now = time.monotonic
            seen: dict[int, tuple[CodeType, bool]] = {}

            def report(frame: FrameType, event: str, _: Any) -> Any:
                if event == "call":
                    code = frame.f_code
                    if id(code) not in seen:
                        seen[id(code)] = code, _may_be_stopped(code)
                    if not seen[id(code)][1]:
                        return None
                    frame.f_trace_opcodes = _EMPTY_LOOP in code.co_code
                if now() > wake:
                    self.look(frame)
                return report

            self._trace = report
            sys.settrace(report)

        def _unwatch(self) -> None:
            self._trace = None
            sys.settrace(self._before)

        def trace_again(self, where: TracebackType | None) -> None:
            """Go on tracing, also in the functions that are running."""
            if self._trace is not None and sys.gettrace() is None:
                sys.settrace(self._trace)
                for frame, _ in traceback.walk_tb(where):
                    frame.f_trace = self._trace


# A jump to itself, as in ``while True: pass``: the one loop for which 3.11 reports no line.
_EMPTY_LOOP = bytes([dis.opmap["JUMP_BACKWARD"], 1])


def _debugger_is_attached() -> bool:
    if sys.version_info < (3, 12):
        return False  # it traces, and `Limit` has put it aside
    return sys.monitoring.get_tool(sys.monitoring.DEBUGGER_ID) is not None
