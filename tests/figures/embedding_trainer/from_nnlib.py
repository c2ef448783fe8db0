"""The first steps of trainings by `nnlib`, with the numbers that the page draws."""

from nnbook.widgets import EmbeddingTrainer

RUNS = [(0, 0), (0, 60), (3, 110)]


def fixtures():
    runs = []
    for seed, step in RUNS:
        figure = EmbeddingTrainer(seed=seed, step=step)
        made = figure.training()
        state = {"seed": seed, "step": step, "near": figure.nearest(count=26)}
        runs.append(state | {"points": made.points.ravel(), "losses": made.losses})
    return {"data": EmbeddingTrainer().data(), "runs": runs}
