"""The questions of the chapter on pictures."""

from __future__ import annotations

from nnbook.chapters.pictures import results, sliding, sums

QUESTIONS = sliding.QUESTIONS | sums.QUESTIONS | results.QUESTIONS
