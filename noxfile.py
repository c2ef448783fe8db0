"""The library's tests with the oldest and the newest numpy on every Python found (`make compat`).

Each has an environment of its own with the versions of requirements-test.txt, numpy's apart.
"""

import nox

# numpy 2.0 has no wheel for Python 3.13.
OLDEST = {"3.11": "numpy==2.0.*", "3.12": "numpy==2.0.*", "3.13": "numpy==2.1.*"}
# Tests that need only numpy to change: notebooks, site and tools are checked elsewhere.
ELSEWHERE = ("site", "binder", "test_notebooks.py", "test_wheel.py", "test_project.py")

nox.options.default_venv_backend = "venv"
nox.options.error_on_missing_interpreters = False
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
    threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    ignored = [f"--ignore=tests/{path}" for path in ELSEWHERE]
    options = ["-q", "-n", "2", "-p", "no:cacheprovider", *ignored, *session.posargs]
    session.run("pytest", *options, "tests", env=threads)
