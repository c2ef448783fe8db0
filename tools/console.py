"""Let what tools print reach every terminal and pipe, whatever its encoding.

Usage: `console.prepare()` first in a tool's `main`. Windows gives a pipe an encoding of 256
characters; without this, a page's Chinese or a check mark in a message ends the tool.
"""

import io
import sys


def prepare() -> None:
    r"""Write what an encoding does not have as its number, such as \u2713."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
