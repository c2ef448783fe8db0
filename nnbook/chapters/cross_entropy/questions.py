"""The questions of the chapter on the cross-entropy and on training a classifier."""

from __future__ import annotations

from nnbook.chapters.cross_entropy import loss, slopes, training, watching

QUESTIONS = loss.QUESTIONS | slopes.QUESTIONS | training.QUESTIONS | watching.QUESTIONS
