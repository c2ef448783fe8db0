"""Colab shows widgets that are not its own only when asked to; anywidget asks, once."""

import subprocess
import sys
import types

import pytest
from anywidget import _util

from nnbook.widgets import SoftmaxExplorer

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


@pytest.fixture
def colab(monkeypatch):
    """Return what stands in for `google.colab.output`, and counts how often it is asked."""
    output = types.ModuleType("google.colab.output")
    output.asked = 0
    output._widgets = types.SimpleNamespace(_installed_url=None)

    def enable_custom_widget_manager():
        output.asked += 1
        output._widgets._installed_url = "manager.js"

    output.enable_custom_widget_manager = enable_custom_widget_manager
    monkeypatch.setitem(sys.modules, "google.colab.output", output)
    _util.enable_custom_widget_manager_once.cache_clear()
    yield output
    _util.enable_custom_widget_manager_once.cache_clear()


def test_figures_bring_their_widget_manager(colab):
    for _ in range(2):
        data, metadata = SoftmaxExplorer()._repr_mimebundle_()
        assert WIDGET_VIEW in data
        assert metadata[WIDGET_VIEW]["colab"]["custom_widget_manager"] == {"url": "manager.js"}
    assert colab.asked == 1


def test_figures_need_no_newer_traitlets_than_colab_has():
    """There traitlets is 5.7, whose types take no parameters."""
    lines = ("import anywidget, traitlets", "traitlets.TraitType.__class_getitem__ = None")
    program = "\n".join([*lines, "import nnbook.widgets"])
    subprocess.run([sys.executable, "-c", program], check=True)
