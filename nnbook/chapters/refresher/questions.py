"""The questions of the reminder."""

from __future__ import annotations

from nnbook.chapters.refresher import arrays, derivatives, looks, products

QUESTIONS = derivatives.QUESTIONS | products.QUESTIONS | arrays.QUESTIONS | looks.QUESTIONS
