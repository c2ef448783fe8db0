"""The questions of the chapter on the structure of a network."""

from __future__ import annotations

from nnbook.chapters.networks import limits, looks, neurons

QUESTIONS = neurons.QUESTIONS | limits.QUESTIONS | looks.QUESTIONS
