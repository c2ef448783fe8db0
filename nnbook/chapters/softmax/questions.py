"""The questions of the chapter on the softmax."""

from __future__ import annotations

from nnbook.chapters.softmax import programs, shares, slopes

QUESTIONS = shares.QUESTIONS | slopes.QUESTIONS | programs.QUESTIONS
