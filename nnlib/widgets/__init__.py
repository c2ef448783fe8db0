"""The interactive figures: each works in Jupyter and, without any kernel, on the built page.

This is the one part of `nnlib` that needs more than numpy and matplotlib: `pip install
'nnlib[widgets]'`.
"""

from nnlib.widgets.activation_explorer import ActivationExplorer

__all__ = ["ActivationExplorer"]
