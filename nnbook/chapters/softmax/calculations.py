"""The calculation of the chapter on the softmax: from exponentials to two slopes."""

from nnbook.chapters.softmax.step_by_step import SLOPES

CALCULATIONS = {"slopes": SLOPES}
