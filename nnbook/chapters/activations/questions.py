"""The questions of the chapter on activation functions."""

from __future__ import annotations

from nnbook.chapters.activations import curves, looks, relus

QUESTIONS = relus.QUESTIONS | curves.QUESTIONS | looks.QUESTIONS
