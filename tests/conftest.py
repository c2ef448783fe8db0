"""What all tests share."""

from pathlib import Path

import hypothesis
import pytest

# The same examples on every run and machine: a red test stays red until it is mended.
hypothesis.settings.register_profile("stable", deadline=None, derandomize=True)
hypothesis.settings.load_profile("stable")

ROOT = Path(__file__).resolve().parent.parent


def pytest_report_teststatus(report):
    """Name what fails at once: a run that is broken off has then said what it found."""
    if report.failed:
        category = "failed" if report.when == "call" else "error"
        return category, f"\n{category.upper()} {report.nodeid}\n", category.upper()
    return None


@pytest.hookimpl(optionalhook=True)
def pytest_handlecrashitem(crashitem, sched):
    """Go on behind a test that hung: where modules are kept together it would be tried for ever."""
    for module in getattr(sched, "workqueue", {}).values():
        if crashitem in module:
            module[crashitem] = True


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def browser_path() -> str:
    """Return the path of a Chromium; without one the tests fail, they do not skip."""
    import find_browser

    path = find_browser.find_browser()
    assert path is not None, find_browser.MISSING
    return path
