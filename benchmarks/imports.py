"""What `import nnlib` adds to `import numpy`."""

from __future__ import annotations

import statistics
import subprocess
import sys

PROGRAM = """
import time
import numpy
begin = time.perf_counter()
import nnlib
print(time.perf_counter() - begin)
"""


def milliseconds(rounds: int = 11) -> float:
    """Median over fresh processes, the first (which may compile) left out."""
    times = []
    for _ in range(rounds + 1):
        run = subprocess.run(
            [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True
        )
        times.append(float(run.stdout) * 1e3)
    return statistics.median(times[1:])
