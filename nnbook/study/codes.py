"""The codes of students, as the study mode makes them (``js/src/practice/study/codes.js``)."""

from __future__ import annotations

import re
from typing import TypeGuard

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
PHASES = ("pre", "post", "delayed")
FORMS = "AB"


def is_code(text: object) -> TypeGuard[str]:
    """Whether it is a code of a sheet, whose letters check each other."""
    if not isinstance(text, str) or not re.fullmatch(f"[{LETTERS}]{{2}}-[{LETTERS}]{{3}}", text):
        return False
    places = [LETTERS.index(letter) for letter in text.replace("-", "")]
    return sum(at * place for at, place in enumerate(places, 1)) % len(LETTERS) == 0


def form_of(code: str, phase: str) -> str:
    """Return the form that a phase asks: the third time it is the first again."""
    first = LETTERS.index(code[3]) % 2
    return FORMS[first if phase != "post" else 1 - first]


def group_of(code: str) -> str:
    """Return the sheet that a code is from, ``K7`` of ``K7-PM2``: a group has one of its own."""
    return code.partition("-")[0]
