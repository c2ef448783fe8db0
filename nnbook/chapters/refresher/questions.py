"""The questions of the reminder."""

from __future__ import annotations

from nnbook.chapters.refresher import arrays, derivatives

QUESTIONS = derivatives.QUESTIONS | arrays.QUESTIONS
