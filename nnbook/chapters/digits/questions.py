"""The questions of the chapter on handwritten digits."""

from __future__ import annotations

from nnbook.chapters.digits import experiments, results

QUESTIONS = experiments.QUESTIONS | results.QUESTIONS
