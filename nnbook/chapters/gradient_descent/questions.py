"""The questions of the chapter on gradient descent."""

from __future__ import annotations

from nnbook.chapters.gradient_descent import looks, steps, walks

QUESTIONS = steps.QUESTIONS | walks.QUESTIONS | looks.QUESTIONS
