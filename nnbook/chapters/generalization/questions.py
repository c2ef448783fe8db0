"""The questions of the chapter on judging a network."""

from __future__ import annotations

from nnbook.chapters.generalization import deciding, judging, overfitting, scores

QUESTIONS = overfitting.QUESTIONS | scores.QUESTIONS | judging.QUESTIONS | deciding.QUESTIONS
