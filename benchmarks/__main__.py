"""Compare one training step of nnlib with other libraries: `python -m benchmarks`.

All contestants run in this process, pinned to one core, with one thread, in float32, from the
same weights on the same batches, taking turns. First a run in float64 checks that all of them
end with the same weights. Times are the processor's, so that what else runs on the machine counts
less, and the best of many short runs. The table shows the time of nnlib divided by that of the
other, and the limit it should stay below.
"""

from __future__ import annotations

import argparse
import os
import time

import numpy as np

from benchmarks import imports, scalars
from benchmarks.contestants import (
    TRAINERS,
    Contestant,
    Jax,
    Nnlib,
    Products,
    ScikitLearn,
    Task,
    Torch,
    TorchForeach,
    TorchFused,
)

TASKS = (Task(4, 16, 3, 32), Task(64, 32, 10, 32), Task(784, 128, 10, 128), Task(784, 512, 10, 128))
LIMITS = {
    "PyTorch (its fastest)": (0.20, 0.22, 0.73, 0.97),
    "JAX": (1.15, 1.15, 1.06, 1.10),
    "scikit-learn": (0.04, 0.05, 0.30, 0.45),
    "products only": (None, None, 1.15, 1.10),
}


def check_agreement(task: Task, steps: int = 40) -> None:
    """Train every contestant in float64; stop if their weights differ by more than 1e-9."""
    task = Task(task.d, task.h, task.K, task.batch_size, np.float64)
    results = {}
    for trainer in TRAINERS:
        contestant = trainer(task)
        for step in range(steps):
            contestant.step(step % task.num_batches)
        contestant.finish()
        results[trainer.name] = contestant.weights()
    for name, weights in results.items():
        for ours, theirs in zip(results["nnlib"], weights, strict=True):
            difference = float(np.abs(ours - theirs).max())
            if not difference <= 1e-9:
                raise SystemExit(f"{task}: nnlib and {name} differ by {difference:.1e}")


def time_steps(task: Task, rounds: int, seconds: float) -> dict[str, float]:
    """Best time of a step in microseconds, by contestant; they take turns."""
    contestants = [trainer(task) for trainer in (*TRAINERS, Products)]
    times: dict[str, list[float]] = {contestant.name: [] for contestant in contestants}
    counts = {}
    for contestant in contestants:
        time_of_a_step(contestant, task, 50)  # warm up: compilation, caches
        counts[contestant.name] = max(1, int(seconds / time_of_a_step(contestant, task, 50)))
    for _ in range(rounds):
        for contestant in contestants:
            value = time_of_a_step(contestant, task, counts[contestant.name])
            times[contestant.name].append(value * 1e6)
    return {name: min(values) for name, values in times.items()}


def time_of_a_step(contestant: Contestant, task: Task, count: int) -> float:
    """Seconds a step, over `count` steps."""
    begin = time.process_time()
    for step in range(count):
        contestant.step(step % task.num_batches)
    contestant.finish()
    return (time.process_time() - begin) / count


def main() -> None:
    """Check, measure, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m benchmarks")
    parser.add_argument("--rounds", type=int, default=50, help="measurements of each (50)")
    parser.add_argument("--seconds", type=float, default=0.05, help="length of each (0.05)")
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})

    ratios: dict[str, list[float]] = {name: [] for name in LIMITS}
    microseconds: dict[str, list[float]] = {}
    for task in TASKS:
        check_agreement(task)
        times = time_steps(task, options.rounds, options.seconds)
        for name, value in times.items():
            microseconds.setdefault(name, []).append(value)
        fastest_torch = min(times[trainer.name] for trainer in (Torch, TorchForeach, TorchFused))
        others = fastest_torch, times[Jax.name], times[ScikitLearn.name], times[Products.name]
        for name, other in zip(LIMITS, others, strict=True):
            ratios[name].append(times[Nnlib.name] / other)

    print("All ended with the same weights (float64, 1e-9).\n")
    print_row("one training step, microseconds", [str(task) for task in TASKS])
    for name, values in microseconds.items():
        print_row(name, [f"{value:.1f}" for value in values])
    print()
    print_row("time of nnlib divided by that of", [str(task) for task in TASKS])
    for name, values in ratios.items():
        print_row(
            name,
            [
                f"{value:.2f}" + (f" (limit {limit:.2f})" if limit else "")
                for value, limit in zip(values, LIMITS[name], strict=True)
            ],
        )
    print(f"\nnnlib.Value takes {scalars.ratio():.2f} of micrograd's time for a 4-16-1 network.")
    print(f"import nnlib adds {imports.milliseconds():.0f} ms to import numpy (limit 30).")


def print_row(name: str, cells: list[str]) -> None:
    """One line of a table."""
    print(f"{name:<34}" + "".join(f"{cell:>22}" for cell in cells))


if __name__ == "__main__":
    main()
