"""Run the library's tests with the oldest and the newest numpy on each of several Pythons.

Each Python gets an environment of its own below _build/compat, with the exact versions of the
requirements files except for numpy's. A Python that is not found is named and skipped; the exit
code tells whether all that ran passed.
"""

import argparse
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "_build" / "compat"
PYTHONS = ("python3.11", "python3.12", "python3.13")
# numpy 2.0 has no wheel for Python 3.13.
OLDEST = {"3.11": "numpy==2.0.*", "3.12": "numpy==2.0.*", "3.13": "numpy==2.1.*"}
# What needs numpy alone to change: the notebooks, the site and the tools are proved elsewhere.
ELSEWHERE = ("site", "binder", "test_notebooks.py", "test_wheel.py", "test_project.py")
TESTS = ["tests", *(f"--ignore=tests/{path}" for path in ELSEWHERE)]


def version_of(python: str) -> str | None:
    """Return a Python's version such as "3.12", or None if it does not run."""
    program = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        result = subprocess.run([python, "-c", program], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return result.stdout.strip()


def make_environment(python: str, version: str) -> Path:
    """Return the Python of an environment with everything the tests need, nnlib included."""
    environment = FOLDER / version
    executable = environment / "bin" / "python"
    if not executable.exists():
        subprocess.run([python, "-m", "venv", str(environment)], check=True)
    pins = [
        line
        for name in ("requirements.txt", "requirements-test.txt")
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines()
        if not re.match(r"#|numpy==", line)
    ]
    requirements = environment / "requirements.txt"
    requirements.write_text("\n".join(pins) + "\n", encoding="utf-8")
    install(executable, OLDEST[version], "-r", str(requirements))
    install(executable, "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    return executable


def install(executable: Path, *arguments: str) -> None:
    """Install with pip, quietly."""
    pip = [str(executable), "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    subprocess.run([*pip, *arguments], check=True)


def run_tests(executable: Path, version: str) -> bool:
    """Run the tests, say with which numpy, and return whether they passed."""
    program = "import numpy; print(numpy.__version__)"
    numpy = subprocess.run(
        [str(executable), "-c", program], capture_output=True, text=True, check=True
    ).stdout.strip()
    print(f"== Python {version}, numpy {numpy}", flush=True)
    threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    pytest = [str(executable), "-m", "pytest", "-q", "-n", "2", "-p", "no:cacheprovider", *TESTS]
    return subprocess.run(pytest, cwd=ROOT, env=os.environ | threads, check=False).returncode == 0


def main() -> int:
    """Read the command line; return 0 if there were runs and every one passed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "pythons", nargs="*", default=PYTHONS, help=f"commands or paths ({', '.join(PYTHONS)})"
    )
    runs, failed = 0, []
    for python in parser.parse_args().pythons:
        version = version_of(python)
        if version not in OLDEST:
            print(
                f"== {python}: not found, skipped" if version is None else f"== {python}: skipped"
            )
            continue
        executable = make_environment(python, version)
        for newest in (False, True):
            if newest:
                install(executable, "--upgrade", "numpy")
            runs += 1
            if not run_tests(executable, version):
                failed.append(f"Python {version}, {'newest' if newest else OLDEST[version]}")
    print("compat:", f"failed: {'; '.join(failed)}" if failed else f"{runs} runs passed")
    return int(bool(failed) or not runs)


if __name__ == "__main__":
    sys.exit(main())
