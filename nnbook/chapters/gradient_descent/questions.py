"""The questions of the chapter on gradient descent."""

from __future__ import annotations

from nnbook.chapters.gradient_descent import looks, noises, steps, walks

QUESTIONS = steps.QUESTIONS | walks.QUESTIONS | looks.QUESTIONS | noises.QUESTIONS
