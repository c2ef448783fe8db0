"""The questions of the chapter on networks that write."""

from __future__ import annotations

from nnbook.chapters.words import guessing, looking

QUESTIONS = guessing.QUESTIONS | looking.QUESTIONS
