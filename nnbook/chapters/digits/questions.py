"""The questions of the chapter on handwritten digits."""

from __future__ import annotations

from nnbook.chapters.digits import experiments, judging, results

QUESTIONS = experiments.QUESTIONS | results.QUESTIONS | judging.QUESTIONS
