"""What all tests share."""

import sys
from pathlib import Path

import hypothesis
import pytest

# The same examples on every run and machine: a red test stays red until it is mended.
hypothesis.settings.register_profile("stable", deadline=None, derandomize=True)
hypothesis.settings.load_profile("stable")

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))


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
