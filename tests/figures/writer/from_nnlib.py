"""What networks of `nnlib` write, draw by draw, and how far names are from each other."""

import nnlib
from nnbook.figures.writer import edit_distance
from nnbook.widgets import Writer

STATES = [
    {"start": start, "temperature": temperature, "seed": seed}
    for start in ("", "tyr")
    for temperature in (0.3, 1.0, 2.5)
    for seed in (0, 7)
]
PAIRS = [("tirex", "trex"), ("", "abc"), ("abc", ""), ("aaa", "aaa"), ("kitten", "sitting")]
PAIRS += [("ab", "ba"), ("protoceratops", "triceratops")]


def networks():
    """Return name -> network: a window of letters, attention, and each of the activations."""
    tail = nnlib.Linear(4, 27, rng=3)
    attention = [nnlib.Places(3, 4, rng=1), nnlib.Attention(3, 4, rng=2)]
    found = {
        "table": None,
        "attention": nnlib.Sequential(nnlib.Embedding(27, 4, length=3, rng=0), *attention, tail),
    }
    for activation in nnlib.ACTIVATIONS:
        mlp = nnlib.mlp([4, 9, 27], activation, rng=1)
        found[activation] = nnlib.Sequential(nnlib.Embedding(27, 2, length=2, rng=0), mlp)
    return found


def fixtures():
    cases = {}
    for name, network in networks().items():
        writer = Writer(network)
        runs = []
        for state in STATES:
            for trait, value in state.items():
                setattr(writer, trait, value)
            draws = [(draw.before, draw.letter, draw.p) for draw in writer.draws()]
            runs.append({"state": state, "draws": draws})
        looks = [(word, writer.looks(word)) for word in ("", "a", "rex", "tyrannosaur")]
        cases[name] = {"data": writer.data(), "runs": runs, "looks": looks}
    names = nnlib.datasets.dinosaurs()
    near = [(word, *Writer(start=word, count=0).nearest()) for word in ("trex", "plateosauru", "q")]
    distances = [(one, other, edit_distance(one, other)) for one, other in PAIRS]
    return {"cases": cases, "distances": distances, "names": names, "near": near}
