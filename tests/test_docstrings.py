"""The examples in the docstrings of nnlib run, each by itself, and print what they say."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import nnlib

MODULES = sorted(module.name for module in pkgutil.walk_packages(nnlib.__path__, "nnlib."))
FINDER = doctest.DocTestFinder(exclude_empty=True)


def examples(name):
    module = importlib.import_module(name)
    # Without the module's names: a reader has none of them.
    return [test for test in FINDER.find(module, name, globs={}) if test.examples]


@pytest.mark.parametrize("name", [name for name in MODULES if examples(name)])
def test_examples_run(name):
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    for test in examples(name):
        report = []
        assert runner.run(test, out=report.append).failed == 0, "".join(report)
