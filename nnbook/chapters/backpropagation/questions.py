"""The questions of the chapter on backpropagation."""

from __future__ import annotations

from nnbook.chapters.backpropagation import asleep, chain, costs, faults, loops, slopes, sweep

QUESTIONS = (
    chain.QUESTIONS
    | slopes.QUESTIONS
    | sweep.QUESTIONS
    | costs.QUESTIONS
    | loops.QUESTIONS
    | faults.QUESTIONS
    | asleep.QUESTIONS
)
