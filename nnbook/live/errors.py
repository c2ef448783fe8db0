"""What becomes of a cell: it went well, it needs what has not come yet, or it raised an error."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nnbook.live.drawing import NotHere
from nnbook.live.refused import words

ASYNC = re.compile("await|async")
_OWN = str(Path(__file__).with_name("_"))[:-1]  # with the separator


def outcome(act: Callable[[], None], file: str, code: str) -> dict[str, Any]:
    """Do a part of what a cell asks for; whatever is raised is shown and ends nothing."""
    try:
        act()
    except NotHere:
        return {"status": "draws"}
    except BaseException as error:  # noqa: BLE001
        return {"status": "error", "error": _told(error, file, code)}
    return {"status": "ok"}


def _told(error: BaseException, file: str, code: str) -> dict[str, Any]:
    """Describe an error for the page."""
    line = None
    if isinstance(error, SyntaxError) and error.filename == file:
        line = error.lineno
    for frame, number in traceback.walk_tb(error.__traceback__):
        if frame.f_code.co_filename == file:
            line = number
    told = {
        "name": type(error).__name__,
        "message": _message(error),
        "line": min(line, len(code.splitlines()) or 1) if line else None,
        "traceback": _traceback(error),
    }
    if isinstance(error, NameError):
        told["undefined"] = error.name
    return told


def _message(error: BaseException) -> str:
    """Say what an error says; of what a page does not have, more than Python does."""
    if isinstance(error, SyntaxError):
        awaits = "outside function" in error.msg or "outside async function" in error.msg
        return words()["await"] if awaits and ASYNC.search(error.msg) else error.msg
    if isinstance(error, SystemExit) and not isinstance(error.code, str):
        return words()["exit"]
    try:
        return str(error)
    except BaseException:  # noqa: BLE001  even that may be the reader's own code
        return "<exception str() failed>"  # as tracebacks say it


def _traceback(error: BaseException) -> str:
    """Format a traceback without what runs the cell."""
    told = traceback.TracebackException.from_exception(error, capture_locals=False)
    part: traceback.TracebackException | None = told
    while part is not None:
        own = [frame for frame in part.stack if not frame.filename.startswith(_OWN)]
        if hasattr(part, "offset"):  # a SyntaxError, which says itself where it is
            own = []
        part.stack = traceback.StackSummary.from_list(own)
        part = part.__cause__ or part.__context__
    return "".join(told.format())
