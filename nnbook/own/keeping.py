"""Where the reader's parts are: beside a notebook as a file, or in the care of a page."""

from __future__ import annotations

import builtins
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from nnbook.live.names import names_of
from nnbook.own import module
from nnbook.own.cleaning import Unkept, code_of, is_solution, made_by, same
from nnbook.own.parts import Part, functions_before, parts
from nnbook.own.program import FILE, is_as_written, parts_in, text_of, words

_page: dict[str, str] | None = None  # what a page has handed over, if this is one
_seen: int | None = None  # when the file was written that has been read


@dataclass(frozen=True)
class Kept:
    """What became of a right answer.

    Attributes
    ----------
    number : int
        Of its part.
    text : str
        What became of it, in words.
    code : str or None
        The part; None if it is not kept.
    """

    number: int
    text: str
    code: str | None = None


def page_has(kept: Mapping[str, str]) -> None:
    """Take over what a page keeps: from now on it is the page that keeps parts."""
    global _page
    module.install(stored)
    if _page != kept:
        _page = dict(kept)
        module.renew(_page)


def stored() -> dict[str, str]:
    """Return the reader's parts: exercise -> code."""
    global _seen
    if _page is not None:
        return _page
    path, _seen = Path(FILE), _written()
    if not is_session() or not path.is_file():
        return {}
    found = parts_in(_read(path))
    if found is None:
        module.say(words()["damaged"].format(file=FILE))
    return found or {}


def is_session() -> bool:
    """Whether somebody works here: a script or a test keeps nothing."""
    return _shell() is not None


def follow() -> None:
    """Have the module follow its file: what is edited there counts from the next cell on."""
    if (shell := _shell()) is not None:
        shell.events.register("pre_run_cell", _look_again)


def _look_again(*_: object) -> None:
    if _page is None and module.NAME in sys.modules and _written() != _seen:
        module.renew(stored())


def _written() -> int | None:
    path = Path(FILE)
    return path.stat().st_mtime_ns if path.is_file() else None


def _shell() -> Any:
    """Return what runs the cells, if anything does."""
    get_ipython = getattr(sys.modules.get("IPython"), "get_ipython", None)
    return get_ipython and get_ipython()


def keep(exercise: str, answer: Any, judge: Callable[[Any], bool]) -> Kept | None:
    """Make a right answer a part of the reader's network, if its exercise is one of these.

    Parameters
    ----------
    exercise : str
    answer : function, or tuple of functions
    judge : function
        Whether an answer is right.
    """
    part = parts().get(exercise)
    if part is None or (_page is None and not is_session()) or is_solution(exercise, answer):
        return None
    kept, code = stored(), None
    try:
        code = _code_of(part, answer, kept, judge)
        said = _save(part, {**kept, exercise: code})
        if "print" in names_of(code).uses:
            said = f"{said} {words()['prints']}"
    except Unkept as why:
        code, said = None, words()[why.key].format(number=part.number, **why.values)
    return Kept(part.number, said, code)


def _code_of(part: Part, answer: Any, kept: Mapping[str, str], judge: Callable[[Any], bool]) -> str:
    """Return an answer as a part that runs with nothing but numpy and the parts before it."""
    answers = dict(
        zip(part.functions, answer if isinstance(answer, tuple) else (answer,), strict=True)
    )
    before = functions_before(part.number)
    code = code_of(answers, {*before})
    _look_for_clashes(part, code, kept)
    if same(code, part.code):
        return code

    def is_right(**others: Any) -> bool:
        alone = ModuleType(module.NAME)
        names = vars(alone)
        try:
            with module.replaced(alone):
                module.fill(names, kept, part.number)
                module.run(code, f"<{module.NAME}, part {part.number}>", names)
                names.update(others)
                again = tuple(names[name] for name in part.functions)
                return judge(again if isinstance(answer, tuple) else again[0])
        except Exception:  # noqa: BLE001  what ran in the notebook need not run here
            return False

    if is_right():
        return code
    there = next(iter(answers.values())).__globals__
    for name in sorted(names_of(code).uses & before.keys() & there.keys()):
        if is_right(**{name: there[name]}):
            raise Unkept("taken", name=name, other=before[name])
    raise Unkept("fails")


def _look_for_clashes(part: Part, code: str, kept: Mapping[str, str]) -> None:
    """Refuse a helper whose name means something else in another part, or in Python."""
    made = made_by(code)
    for name in sorted(made.keys() & {*dir(builtins)}):
        raise Unkept("builtin", name=name)
    for exercise, other in parts().items():
        if exercise == part.exercise:
            continue
        theirs = made_by(kept.get(exercise, other.code))
        for name in sorted(made.keys() & theirs.keys()):
            if made[name] != theirs[name]:
                raise Unkept("taken", name=name, other=other.number)


def _save(part: Part, kept: dict[str, str]) -> str:
    """Keep the parts; return what to say about it."""
    global _page
    module.renew(kept)
    if _page is not None:
        _page = kept
        return words()["kept"].format(number=part.number)
    path, aside, lost = Path(FILE), None, False
    try:
        if path.exists() and not is_as_written(text := _read(path)):
            aside, lost = path.rename(_free_name()), parts_in(text) is None
        path.write_text(text_of(kept), encoding="utf-8")
    except OSError as error:
        raise Unkept("not_written", error=error.strerror or error) from None
    said = words()["kept_in_file"].format(number=part.number)
    if aside is None:
        return said
    return f"{said} {words()['unread' if lost else 'set_aside'].format(file=aside.name)}"


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")


def _free_name() -> Path:
    path, number = Path(FILE), 1
    while path.exists():
        path = Path(FILE).with_stem(f"{Path(FILE).stem}_{number}")
        number += 1
    return path
