"""The questions of the chapter on loss functions."""

from __future__ import annotations

from nnbook.chapters.losses import likelihood, looks, squares

QUESTIONS = squares.QUESTIONS | likelihood.QUESTIONS | looks.QUESTIONS
