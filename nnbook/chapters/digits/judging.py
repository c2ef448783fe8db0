"""The questions on planning an experiment, and on what was wrong with one."""

from __future__ import annotations

from nnbook.questions.choice import Choice
from nnbook.questions.picture import grid
from nnbook.questions.question import Question, choice

Pair = tuple[float, float]


def _fault(rates: Pair, starts: Pair, looks: float) -> Choice:
    found = {
        "rates": rates[0] != rates[1],
        "starts": 1 in starts,
        "looks": looks > 1,
    }
    (right,) = [name for name, is_so in found.items() if is_so] or ["fair"]
    names = ("rates_a", "rates_b", "starts_a", "starts_b", "looks")
    values = zip(names, (*rates, *starts, looks), strict=True)
    return choice(("rates", "starts", "looks", "fair"), right, dict(values))


def _split(people: str, numbers: str, parts: str) -> Choice:
    """Each letter is the writer, the number and the part of one image."""
    rows = list(zip(numbers, people, parts, strict=True))
    trained = [row for row in rows if row[2] == "T"]
    judged = [row for row in rows if row[2] == "S"]
    if {row[0] for row in trained} & {row[0] for row in judged}:
        right = "nothing"
    else:
        known = {row[1] for row in judged} <= {row[1] for row in trained}
        right = "known" if known else "strangers"
    table = {"numbers": list(numbers), "people": list(people), "parts": list(parts)}
    return choice(
        ("strangers", "known", "nothing"),
        right,
        table,
        picture=lambda: [grid(table.values())],
    )


SPLIT = "train, test = split(images)"
COPIES = "{to} = {to} + moved copies of {to}"
SCALE = "m, s = mean({of}), deviation({of})"
ORDERS = {
    "fair": [SPLIT, COPIES.format(to="train"), SCALE.format(of="train")],
    "bare": [SPLIT, SCALE.format(of="train"), COPIES.format(to="train")],
    "twins": [COPIES.format(to="images"), SPLIT, SCALE.format(of="train")],
    "scale": [SCALE.format(of="images"), SPLIT, COPIES.format(to="train")],
}


def _order(order: str, rate: float, epochs: float) -> Choice:
    lines = [
        *ORDERS[order],
        "net = fit((train - m) / s,",
        f"          rate {rate:g}, epochs {epochs:g})",
        "print accuracy(net, (test - m) / s)",
    ]
    return choice(("fair", "bare", "twins", "scale"), order, {}, code="\n".join(lines))


CHANCE = 0.1  # of ten digits


def _fall(known: Pair, new: Pair) -> Choice:
    """Each pair is what the network and a simple program read."""
    network, simple = (before - after for before, after in zip(known, new, strict=True))
    if new[0] < 2 * CHANCE:
        right = "nothing"
    elif max(network, simple) < 0.03:
        right = "carries"
    else:
        right = "hard" if network < 2 * simple else "network"
    names = ("net_a", "simple_a", "net_b", "simple_b")
    values: dict[str, object] = dict(zip(names, (*known, *new), strict=True))
    return choice(("carries", "hard", "network", "nothing"), right, values)


LAYERS = {
    "area": "for each neuron j:\n  z[j] = sum over all i of W[j, i] * x[i]",
    "same": "for each place p:\n  z[p] = sum over 9 moves d of w[d]*x[p+d]",
    "side": "m[r] = mean of row r of x\nfor each neuron j:\n"
    "  z[j] = sum over all r of W[j, r] * m[r]",
}
POWERS = {"same": 0, "side": 1, "area": 2}


def _shared(layer: str, side: float, times: float) -> Choice:
    values = {"small": side, "large": side * times, "times": times, "square": times**2}
    return choice(tuple(POWERS), layer, values, code=LAYERS[layer])


QUESTIONS = {
    "fault": Question(
        "sec-digits-project",
        "fair-comparison",
        _fault,
        (
            ((7, 1), (5, 5), (6, 6), (4, 4), (1, 5), (3, 3), (5, 5), (8, 8), (4, 1), (6, 6)),
            (
                (20, 20),
                (20, 1),
                (15, 15),
                (25, 25),
                (20, 20),
                (1, 30),
                (20, 20),
                (30, 30),
                (10, 10),
                (1, 20),
            ),
            (1, 1, 4, 1, 1, 1, 9, 1, 1, 1),
        ),
        level="diagnose",
    ),
    "split": Question(
        "sec-digits-writers",
        "strangers",
        _split,
        (
            (
                "aabbccdd",
                "aabbccdd",
                "aabbccbd",
                "aaabbbcc",
                "abcabcab",
                "aabbbbcc",
                "aabbccdd",
                "abababab",
                "aaaabbbb",
                "aabbccdd",
            ),
            (
                "12345678",
                "12345678",
                "12345638",
                "12345678",
                "12345678",
                "12344578",
                "12345678",
                "12345672",
                "12345678",
                "12345678",
            ),
            (
                "TTTTTTSS",
                "TSTSTSTS",
                "TTTTTTSS",
                "TTTTTTSS",
                "TTTTTSSS",
                "TTTTSSTT",
                "TTSSTTTT",
                "TTTTTTSS",
                "TTTTSSSS",
                "TTTSTSTS",
            ),
        ),
        level="diagnose",
    ),
    "order": Question(
        "sec-digits-copies",
        "leakage",
        _order,
        (
            ("twins", "fair", "bare", "scale", "fair", "twins", "scale", "bare", "twins", "fair"),
            (0.3, 0.1, 0.3, 0.2, 0.5, 0.1, 0.3, 0.2, 0.5, 0.2),
            (30, 20, 10, 30, 20, 10, 20, 30, 20, 10),
        ),
        level="diagnose",
    ),
    "fall": Question(
        "sec-digits-writers",
        "baseline",
        _fall,
        (
            (
                (0.97, 0.93),
                (0.96, 0.92),
                (0.98, 0.9),
                (0.95, 0.91),
                (0.97, 0.94),
                (0.99, 0.95),
                (0.96, 0.93),
                (0.98, 0.94),
                (0.97, 0.92),
            ),
            (
                (0.96, 0.92),
                (0.86, 0.81),
                (0.7, 0.88),
                (0.11, 0.9),
                (0.82, 0.78),
                (0.98, 0.95),
                (0.75, 0.92),
                (0.1, 0.93),
                (0.65, 0.9),
            ),
        ),
        level="diagnose",
    ),
    "shared": Question(
        "sec-digits-copies",
        "sharing",
        _shared,
        (
            ("area", "same", "side", "same", "area", "same", "side", "area", "same"),
            (8, 16, 8, 8, 28, 28, 10, 10, 32),
            (2, 2, 4, 3, 2, 4, 3, 5, 10),
        ),
        level="relate",
    ),
}
