"""The questions on windows, on the loss, and on what is written."""

from __future__ import annotations

from functools import cache

import numpy as np

import nnlib
from nnbook.chapters.words.writers import names_of, trained, written
from nnbook.questions.choice import Choice
from nnbook.questions.number import Number
from nnbook.questions.picture import Panel, grid
from nnbook.questions.question import Question, choice, number, tuples

SPLITS = {
    "fair": "order = rng.permutation(names)\ntrain, new = order[:{n}], order[{n}:]",
    "known": "X, y = nnlib.windows(names, 3)\norder = rng.permutation(len(X))\n"
    "train, new = order[:{n}0], order[{n}0:]",
    "ordered": "names = sorted(names)\ntrain, new = names[:{n}], names[{n}:]",
}
WRITERS = {
    "right": "p = nnlib.softmax(model(window)[0] / {T})\nk = rng.choice(27, p=p)\n"
    "window = [[*window[0][1:], k]]",
    "same": "p = nnlib.softmax(model(window)[0] / {T})\nk = p.argmax()\n"
    "window = [[*window[0][1:], k]]",
    "sum": "p = nnlib.softmax(model(window)[0]) / {T}\nk = rng.choice(27, p=p)\n"
    "window = [[*window[0][1:], k]]",
    "forgets": "p = nnlib.softmax(model(window)[0] / {T})\nk = rng.choice(27, p=p)\n"
    "letters.append(k)",
}


def _windows(names: str) -> Number:
    words = names.split()
    letters = sum(map(len, words))
    right = len(nnlib.windows(words, 3)[1])
    return number(
        "n",
        right,
        {"letters": letters},
        {"letters": letters, "inside": letters - 2 * len(words)},
        code=f"names = {words}",
    )


def _hesitate(a: float, b: float) -> Number:
    return number(
        "e^L",
        float(np.exp(np.mean(np.log([a, b])))),
        {"a": a, "b": b, "product": a * b},
        {"mean": (a + b) / 2, "product": a * b, "averaged": 2 / (1 / a + 1 / b)},
    )


def _uniform() -> float:
    return float(np.exp(-np.log(1 / len(nnlib.LETTERS))))


def _twice(window: str, slopes: tuple[float, ...], letter: str) -> Number:
    used = [slope for one, slope in zip(window, slopes, strict=True) if one == letter]
    return number(
        "g",
        sum(used),
        {
            "window": ", ".join(window),
            "letter": letter,
            "first": slopes[0],
            "second": slopes[1],
            "third": slopes[2],
        },
        {"last": used[-1], "all": sum(slopes), "mean": sum(used) / len(used)},
    )


def _split(how: str, n: int) -> Choice:
    return choice(tuple(SPLITS), how, {}, code=SPLITS[how].format(n=n))


def _heart(train: float, validation: float, share: float) -> Choice:
    right = "heart" if share > 10 else "young" if train > 8 else "fine"

    def picture() -> list[Panel]:
        rows = ((r"e^{L}", train), (r"e^{L_V}", validation), (r"\%", share))
        return [grid([[name, f"{value:g}"] for name, value in rows])]

    return choice(
        ("heart", "fine", "young"),
        right,
        {"train": train, "validation": validation, "share": share},
        picture=picture,
    )


def _recipe(how: str, T: float) -> Choice:
    return choice(tuple(WRITERS), how, {}, code=WRITERS[how].format(T=T))


@cache
def copies() -> int:
    """How many of the chapter's thousand names are in the training set."""
    model = trained(0, kind="window", length=3, rate=0.2, epochs=20, batch=64, wide=1.0)
    known = set(names_of(0)[0])
    return sum(word in known for word in written(model, 1000, 1.0, np.random.default_rng(1)))


def _share() -> str:
    return "few" if copies() < 50 else "half" if copies() < 700 else "most"


def _choose(validation: tuple[float, ...], test: tuple[float, ...]) -> Choice:
    names = ("A", "B", "C")
    rows = [[name, f"{v:g}", f"{t:g}"] for name, v, t in zip(names, validation, test, strict=True)]
    best = int(np.argmin(validation))
    return choice(
        names,
        names[best],
        {"v": validation[best], "t": test[best], "rows": ", ".join("/".join(row) for row in rows)},
        picture=lambda: [grid(rows)],
    )


VALIDATION = (
    "6.1 5.9 6.4, 5.8 6 6.3, 6.6 6.2 6, 5.9 6.2 5.7, 6.4 6.3 6, 5.7 5.8 6.2, "
    "6.3 5.8 6.1, 6.2 6.5 6.1"
)
TESTED = (
    "6.3 6.2 6, 6.1 5.9 6.5, 6 6.5 6.2, 5.7 6.1 6, 6.1 6.4 6.2, 6 5.9 6.3, 6.2 6 5.9, 6 6.6 6.3"
)

QUESTIONS = {
    "windows": Question(
        "sec-words-windows",
        "windows",
        _windows,
        (
            (
                "minmi",
                "aorun banji",
                "rahona",
                "khaan mei",
                "irritator",
                "drinker yi",
                "tarchia",
                "bolong rapator",
            ),
        ),
        level="apply",
    ),
    "split": Question(
        "sec-words-windows",
        "split",
        _split,
        (
            ("fair", "known", "ordered", "known", "ordered", "fair", "known", "ordered", "fair"),
            (900, 1100, 1000, 1000, 1200, 1100, 900, 1100, 1200),
        ),
        level="diagnose",
    ),
    "hesitate": Question(
        "sec-words-hesitate",
        "hesitation",
        _hesitate,
        ((2, 1, 2, 3, 4, 1, 5, 2), (8, 4, 32, 12, 9, 9, 20, 18)),
        in_text={
            "uniform": Number(
                symbol="e^L",
                answer=_uniform,
                absolute=0.1,
                decimals=0,
                mistakes={"half": lambda: 13.5, "loss": lambda: float(np.log(27))},
            )
        },
        level="apply",
    ),
    "twice": Question(
        "sec-words-embedding",
        "twice",
        _twice,
        (
            ("odo", "nan", "eel", "ana", "oro", "ssa", "tat", "ini"),
            (
                (1, 2, -4),
                (3, 1, 2),
                (2, 5, -1),
                (-2, 4, 5),
                (4, -1, 2),
                (-3, 1, 5),
                (6, 2, -1),
                (1, 3, 7),
            ),
            ("o", "n", "e", "a", "o", "s", "t", "i"),
        ),
        in_text={"twice": _twice("odo", (1, 2, -4), "o")},
        level="apply",
    ),
    "copies": Question(
        in_text={"copies": Choice(options=("few", "half", "most"), answer=_share, estimate=True)},
        level="relate",
    ),
    "heart": Question(
        "sec-words-heart",
        "by-heart",
        _heart,
        (
            (2.9, 4.4, 11.0, 3.0, 4.5, 14.0, 2.7, 4.3, 12.0),
            (9.1, 5.8, 11.5, 8.2, 5.9, 14.3, 9.8, 5.7, 12.6),
            (31.0, 0.6, 0.1, 24.0, 0.4, 0.2, 46.0, 0.8, 0.3),
        ),
        level="diagnose",
    ),
    "recipe": Question(
        "sec-words-write",
        "drawing-letters",
        _recipe,
        (
            ("right", "same", "sum", "forgets", "same", "right", "forgets", "sum"),
            (0.5, 0.8, 0.5, 0.8, 2.0, 2.0, 0.5, 2.0),
        ),
        level="diagnose",
    ),
    "choose": Question(
        "sec-words-heart", "choosing", _choose, (tuples(VALIDATION), tuples(TESTED)), level="design"
    ),
}
