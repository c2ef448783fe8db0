"""The questions of the chapter on networks that do not learn."""

from __future__ import annotations

from nnbook.chapters.diagnosis import beginning, judging, training

QUESTIONS = beginning.QUESTIONS | training.QUESTIONS | judging.QUESTIONS
