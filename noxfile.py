"""The library's tests with the oldest and the newest numpy on every Python found (`make compat`).

Each has an environment of its own with the versions of requirements-test.txt, numpy's apart. The
session `here` needs no make: it runs the same tests, and the notebooks, in nox' own environment.
"""

import sys

import nox

# The first numpy that has a wheel for it.
OLDEST = {
    "3.11": "numpy==2.0.*",
    "3.12": "numpy==2.0.*",
    "3.13": "numpy==2.1.*",
    "3.14": "numpy==2.3.*",
}
# Tests that need only numpy to change: notebooks, site and tools are checked elsewhere.
ELSEWHERE = (
    *("site", "binder", "test_notebooks.py", "test_wheel.py", "test_project.py"),
    *("test_serve.py", "test_tools.py", "test_workflows.py"),
)
IGNORED = [f"--ignore=tests/{path}" for path in ELSEWHERE]
PAGES = ("intro.ipynb", "chapters", "zh")
THREADS = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}

nox.options.default_venv_backend = "venv"
# A Python that is not there is left out, unless it was asked for by name.
BY_NAME = {"-p", "--python", "--pythons", "-P", "--force-python", "--force-pythons"}
nox.options.error_on_missing_interpreters = any(
    option.split("=")[0] in BY_NAME for option in sys.argv[1:]
)
nox.options.download_python = "never"
nox.options.reuse_venv = "yes"


@nox.session(python=list(OLDEST))
@nox.parametrize("numpy", ["oldest", "newest"])
def compat(session: nox.Session, numpy: str) -> None:
    """Run the tests that numpy can break."""
    session.install("--require-hashes", "-r", "requirements-test.txt")
    if numpy == "oldest":
        session.install(OLDEST[str(session.python)])
    else:
        session.install("--upgrade", "numpy")
    session.install("--no-deps", "--no-build-isolation", "--editable", ".")
    session.run("python", "-c", "import numpy; print('numpy', numpy.__version__)")
    options = [
        "-q",
        "-n",
        "2",
        "-p",
        "no:cacheprovider",
        "-m",
        "not browser",
        *IGNORED,
        *session.posargs,
    ]
    session.run("pytest", *options, "tests", env=THREADS)


@nox.session(python=False, default=False)
def here(session: nox.Session) -> None:
    """Run the library's tests and the notebooks where nox is installed."""
    pytest = (sys.executable, "-m", "pytest", "-q", "-n", "logical")
    tests = ("-p", "no:nbval", "--dist", "worksteal", *IGNORED, "tests")
    notebooks = ("--dist", "loadfile", "--nbval", "--nbval-current-env", *PAGES)
    session.run(*pytest, *tests, "-m", "not browser and not exhaustive", env=THREADS)
    session.run(*pytest, *notebooks, env=THREADS)
