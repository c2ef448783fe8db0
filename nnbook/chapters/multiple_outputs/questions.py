"""The questions of the chapter on several inputs and outputs."""

from __future__ import annotations

from nnbook.chapters.multiple_outputs import judging, outputs, training

QUESTIONS = outputs.QUESTIONS | training.QUESTIONS | judging.QUESTIONS
