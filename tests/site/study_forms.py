"""Questions of a study for its tests, made as those of a study are; nothing of a real one."""

import json

import instrument
from nnbook.questions.drawing import Axis
from nnbook.questions.picture import Layer, Panel, described

AXIS = Axis(symbol="x", low=0, high=4)
PANELS = [Panel(AXIS, AXIS, [Layer("curve", [(0, 0), (4, n)])], name=str(n)) for n in (1, 2, 3, 4)]
CODE = "repeat for each batch:\n    g = slopes(loss)\n    w = w - rate * g"
WORDS = {
    "en": ("Which one fits $w_1 = {n}$?", "option {n}{letter}", "Four lines, ever steeper."),
    "zh": ("哪一个符合 $w_1 = {n}$？", "选项 {n}{letter}", "四条直线，一条比一条陡。"),
}
COUNT = 3


def item(form: str, n: int) -> dict:
    """Make one: the first is of words, the second shows code, the third pictures."""
    more = [{}, {"code": CODE}, described("", PANELS)][n - 1]
    words = {}
    for language, (stem, option, alt) in WORDS.items():
        options = (
            ["1", "2", "3", "4"] if n == COUNT else [option.format(n=n, letter=x) for x in "pqrs"]
        )
        thoughts = [None, "one", "two", "three"]
        words[language] = {"stem": stem.replace("{n}", str(n)), "options": options}
        words[language] |= {"thoughts": thoughts} | ({"alt": alt} if n == COUNT else {})
    about = {"id": f"{form}{n:02}", "pair": n, "form": form, "concept": "C1", "level": "T"}
    judged = {"kind": "text", "key": 0, "misconceptions": [None, "M1", "M1", "M1"]}
    return about | judged | more | words


def files() -> dict[str, str]:
    """Return what `tools/instrument.py build` writes, by the names of the files."""
    named = {"en": "name", "zh": "名称"}
    whole = {
        "kind": instrument.KIND,
        "v": instrument.VERSION,
        "concepts": {"C1": named},
        "levels": {"T": named},
        "misconceptions": {"M1": named},
        "items": [item(form, n) for form in instrument.FORMS for n in range(1, COUNT + 1)],
        "released": [],
    }
    built = instrument.built(instrument.checked(whole))
    return {name: json.dumps(content, ensure_ascii=False) for name, content in built.items()}
