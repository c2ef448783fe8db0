"""From how many of 200 starts does a small network fit the three points of the dosage data?

Two and eight hidden ReLUs, starts as `nnlib.mlp` draws them, inputs as they are and centered, 2,000
steps at six rates. What is counted are the starts that end with a sum of squared residuals below
0.01, at the rate at which most of them do. With two ReLUs also: the starts from which a neuron dies
on the way, at two rates, and those with a neuron that is born dead.
"""

from nnbook.chapters.activations.starts import able, best_share, trained


def numbers() -> dict[str, str]:
    """Return what the book quotes."""
    found = {}
    for row, inputs in (("relu", "raw"), ("centered", "centered")):
        for neurons in (2, 8):
            found[f"{row}_{neurons}"] = f"{best_share(neurons=neurons, inputs=inputs).sum()}"
    for rate in (0.01, 0.1):
        found[f"died_{rate}"] = f"{trained(rate=rate)[1].sum()}"
    found["born_dead"] = f"{(~able()).sum()}"
    return found
