"""The questions of the chapter on judging a network."""

from __future__ import annotations

from nnbook.chapters.generalization import deciding, judging, overfitting, paired, scaling, scores

QUESTIONS = (
    overfitting.QUESTIONS
    | paired.QUESTIONS
    | scores.QUESTIONS
    | judging.QUESTIONS
    | deciding.QUESTIONS
    | scaling.QUESTIONS
)
