"""A class that never was, whose effect is known: what the analysis finds can be compared with it.

Each reader has an ability, before and after; each item a difficulty. The chance of a right answer
is that of chance (a quarter) and, above it, a logistic function of ability minus difficulty.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from nnbook.study.codes import FORMS, LETTERS, PHASES
from nnbook.study.faults import OPTIONS, STUDY, SURE, VERSION
from nnbook.study.files import KEYS
from nnlib._typing import FloatArray

THOUGHTS = ("M1", "M2", "M3")
"""What the three wrong options are taken for."""
TEMPTING = (0.6, 0.3, 0.1)
"""How often a wrong answer is each of them."""


@dataclass(frozen=True)
class SimulatedClass:
    """A class of simulated readers, and the files that they hand in.

    `gain` is by how much an ability grows, in standard deviations of the abilities before, and
    `treatment` how much more in the second of two groups; a part `kept` of both is there weeks
    later. `stability` is the correlation of the abilities in two phases. Form B is easier by
    `easier_b`. `lost` is the chance to miss a phase after the first, and `sure` how often a wrong
    answer is sure in each phase.
    """

    readers: int = 40
    items: int = 24
    gain: float = 0.8
    treatment: float = 0.0
    kept: float = 0.7
    stability: float = 0.7
    steepness: float = 1.2
    easier_b: float = 0.0
    lost: float = 0.0
    sure: tuple[float, float, float] = (0.4, 0.2, 0.25)

    def keys(self) -> dict[str, Any]:
        """Return what ``keys.json`` is for a real instrument."""
        found = {}
        for form in FORMS:
            for at in range(self.items):
                key = (3 * at + FORMS.index(form)) % OPTIONS
                wrong = [*THOUGHTS[:key], None, *THOUGHTS[key:]]
                thoughts = dict.fromkeys(("en", "zh"), wrong)
                found[self._item(form, at)] = {
                    "key": key,
                    "misconceptions": wrong,
                    "thoughts": thoughts,
                }
        names = {name: {"en": name, "zh": name} for name in THOUGHTS}
        return {"kind": KEYS, "v": VERSION, "misconceptions": names, "keys": found}

    def files(self, rng: np.random.Generator) -> list[dict[str, Any]]:
        """Return the study files of all readers, in the format of the study mode."""
        keys, found = self.keys()["keys"], []
        for phase, ability in enumerate(self._abilities(rng)):
            comes = (rng.random(self.readers) >= self.lost) | (phase == 0)
            for reader, code in enumerate(self.codes):
                form = FORMS[(reader // 2 + phase) % 2]
                items = self._items(ability[reader], form, self.sure[phase], keys, rng)
                if comes[reader]:
                    found.append(
                        {
                            "kind": STUDY,
                            "v": VERSION,
                            "code": code,
                            "phase": PHASES[phase],
                            "form": form,
                            "started": f"2027-0{3 + phase}-01T08:00:00.000Z",
                            "language": "en",
                            "items": items,
                            "dose": self._dose(phase, reader),
                        }
                    )
        return found

    def _items(
        self,
        ability: float,
        form: str,
        sure_and_wrong: float,
        keys: dict[str, Any],
        rng: np.random.Generator,
    ) -> list[dict[str, Any]]:
        right = rng.random(self.items) < self._chance(ability, form)
        wrong = rng.choice(THOUGHTS, self.items, p=TEMPTING)
        sure = rng.random(self.items) < np.where(right, 0.7, sure_and_wrong)
        less, time = rng.integers(1, 3, self.items), rng.integers(20, 90, self.items)
        found = []
        for at in range(self.items):
            own = self._item(form, at)
            thought = None if right[at] else wrong[at]
            found.append(
                {
                    "id": own,
                    "answer": keys[own]["misconceptions"].index(thought),
                    "right": None,
                    "ms": 1000 * int(time[at]),
                    "sure": SURE[0] if sure[at] else SURE[less[at]],
                }
            )
        return found

    def _abilities(self, rng: np.random.Generator) -> list[FloatArray]:
        """Return the abilities of all readers before, after and weeks later; each varies by 1."""
        growth = self.gain + self.treatment * (np.arange(self.readers) % 2)
        rest = math.sqrt(1 - self.stability**2)
        first, second, third = rng.normal(size=(3, self.readers))
        second = self.stability * first + rest * second
        third = self.stability * second + rest * third
        return [first, second + growth, third + self.kept * growth]

    @staticmethod
    def _dose(phase: int, reader: int) -> dict[str, int]:
        """Return what a reader has done in the book: nothing before, and then some more, some less.

        It has no part in what is learned here.
        """
        much = {"minutes": (60, 7), "predictions": (8, 5), "exercises": (3, 9), "review": (20, 11)}
        return {
            kind: size * (1 + (step * reader + 1) % 13) if phase else 0
            for kind, (size, step) in much.items()
        }

    @property
    def codes(self) -> list[str]:
        """The readers' codes, by turns from the sheets of two groups."""
        return [self._code(reader) for reader in range(self.readers)]

    @staticmethod
    def _code(reader: int) -> str:
        """Return a code: the sheet, which form comes first, the reader, a letter that checks."""
        whole, own = divmod(reader // 4, 15)
        sheet, student = divmod(whole, len(LETTERS))
        places = [LETTERS.index("KM"[reader % 2]), 5 + sheet, 2 * own + reader // 2 % 2, student]
        rest = sum(at * place for at, place in enumerate(places, 1))
        places.append(next(x for x in range(31) if (rest + 5 * x) % 31 == 0))
        letters = "".join(LETTERS[place] for place in places)
        return f"{letters[:2]}-{letters[2:]}"

    def planted(self) -> float:
        """Return the true standardized change of the score, for a class of any size.

        The chance of an item is known for each ability, and the abilities are normal: so means and
        variances of the scores are integrals, here sums over 80 abilities (Gauss and Hermite).
        """
        (m1, v1), (m2, v2) = self._score(before=True), self._score(before=False)
        return (m2 - m1) / math.sqrt((v1 + v2) / 2)

    def _score(self, *, before: bool) -> tuple[float, float]:
        points, weights = np.polynomial.hermite_e.hermegauss(80)
        weights = weights / weights.sum()
        growths = [0.0] if before else [self.gain, self.gain + self.treatment]
        means, squares = [], []
        for form in FORMS:
            for growth in growths:
                p = np.array([self._chance(growth + x, form) for x in points])
                mean = p.sum(axis=1)
                means.append(float(weights @ mean))
                squares.append(float(weights @ (mean**2 + (p * (1 - p)).sum(axis=1))))
        mean = float(np.mean(means))
        return mean, float(np.mean(squares)) - mean**2

    def _chance(self, ability: float, form: str) -> FloatArray:
        difficulty = np.linspace(-0.5, 2.5, self.items) - self.easier_b * (form == "B")
        return 1 / OPTIONS + (1 - 1 / OPTIONS) / (
            1 + np.exp(-self.steepness * (ability - difficulty))
        )

    @staticmethod
    def _item(form: str, at: int) -> str:
        return f"{form}{at + 1:02d}"
