"""The examples in the docstrings of nnlib run."""

import doctest
import importlib
import pkgutil

import matplotlib.pyplot as plt
import numpy as np
import pytest

import nnlib
from nnbook import widgets
from nnlib import plots

MODULES = sorted(module.name for module in pkgutil.walk_packages(nnlib.__path__, "nnlib."))
FINDER = doctest.DocTestFinder(exclude_empty=True)


def examples(name):
    module = importlib.import_module(name)
    # Not the module's own names: a reader has none of them.
    drawn = name.startswith(("nnlib.plots", "nnbook.widgets"))
    globs = {"np": np, "nnlib": nnlib, "plots": plots, "widgets": widgets} if drawn else {}
    return [test for test in FINDER.find(module, name, globs=globs) if test.examples]


@pytest.mark.parametrize("name", [name for name in MODULES if examples(name)])
def test_examples_run(name):
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    for test in examples(name):
        report = []
        assert runner.run(test, out=report.append).failed == 0, "".join(report)
    plt.close("all")
