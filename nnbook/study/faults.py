"""What is wrong with a file of a study: the same as the page for teachers refuses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeGuard

from nnbook.study.codes import PHASES, form_of, is_code

STUDY, VERSION, OPTIONS = "nnlib-book-study", 1, 4
SURE = ("sure", "rather", "guess")
DOSE = ("minutes", "predictions", "exercises", "review")
"""What a reader has done in the book, as the study file counts it."""


def name_of(code: str, phase: str) -> str:
    """Return how the study mode calls what a reader hands in."""
    return f"study-{code}-{phase}.json"


def named(file: object, at: int, count: int) -> str:
    """Return it, or the place of a file that does not know."""
    code, phase = (file.get("code"), file.get("phase")) if isinstance(file, Mapping) else ("", "")
    known = is_code(code) and phase in PHASES
    return name_of(str(code), str(phase)) if known else f"file {at} of {count} (code {code!r})"


def fault_of(file: object, keys: Mapping[str, Any]) -> str:
    """Say what the study mode would not have written; nothing where all is well."""
    if not isinstance(file, Mapping) or (file.get("kind"), file.get("v")) != (STUDY, VERSION):
        return f"each file must be of kind {STUDY!r} and v {VERSION}"
    code, phase, form = (file.get(name) for name in ("code", "phase", "form"))
    items, dose = file.get("items"), file.get("dose")
    if not is_code(code):
        return f"code must be one of a sheet, got {code!r}"
    if phase not in PHASES:
        return f"phase must be one of {PHASES}, got {phase!r}"
    if form != (due := form_of(code, phase)):
        return f"form must be {due!r}, got {form!r}"
    if not _is_date(file.get("started")):
        return f"started must be a date and time, got {file.get('started')!r}"
    if not isinstance(items, list):
        return f"items must be a list of answers, got {items!r}"
    if dose is not None and not (
        isinstance(dose, Mapping) and all(_is_count(dose.get(kind)) for kind in DOSE)
    ):
        return f"dose must be None or have whole numbers {DOSE}, got {dose!r}"
    seen: set[str] = set()
    for item in items:
        if fault := _fault_in(item, form, keys):
            return fault
        if item["id"] in seen:
            return f"{item['id']} stands twice"
        seen.add(item["id"])
    return ""


def _fault_in(item: object, form: str, keys: Mapping[str, Any]) -> str:
    if not isinstance(item, Mapping) or not isinstance(item.get("id"), str):
        return f"each of items must be an answer with its id, got {item!r}"
    name, answer = item["id"], item.get("answer")
    if not name.startswith(form):
        return f"{name} is no question of form {form}"
    if name not in keys:
        return f"{name} has no key: these are other forms"
    if not _is_count(answer) or answer >= OPTIONS:
        return f"the answer to {name} must be 0 to {OPTIONS - 1}, got {answer!r}"
    if (
        not _is_count(item.get("ms"))
        or item.get("sure") not in SURE
        or item.get("right") is not None
    ):
        return f"what belongs to {name} was changed: {dict(item)!r}"
    return ""


def _is_count(value: object) -> TypeGuard[int]:
    """Whether JavaScript takes it for a whole number that is not negative."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return 0 <= value < 2**53 and value == int(value)


def _is_date(text: object) -> bool:
    if not isinstance(text, str) or not re.fullmatch(r"[\d-]{10}T[\d:]{8}\.\d{3}Z", text, re.ASCII):
        return False
    try:
        return bool(datetime.fromisoformat(text))
    except ValueError:
        return False
