"""The questions of the chapter on backpropagation."""

from __future__ import annotations

from nnbook.chapters.backpropagation import slopes, sweep

QUESTIONS = slopes.QUESTIONS | sweep.QUESTIONS
