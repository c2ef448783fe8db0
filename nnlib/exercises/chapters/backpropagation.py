"""The exercises of this chapter."""

from nnlib.exercises.exercise import Exercise

EXERCISES: dict[str, Exercise] = {}
