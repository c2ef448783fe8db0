"""Speed, measured side by side: `python -m benchmarks`, with requirements-bench.txt installed."""

import os

# One thread for everybody. It has to be said before numpy and the others are imported.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"
