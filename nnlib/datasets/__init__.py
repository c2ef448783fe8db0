"""Data sets: four that ship with the package, and three that are drawn at random.

Every function returns a :class:`Dataset` with fresh arrays, except `dinosaurs`, which
returns words. The files are read on the call, so importing this package costs nothing. Next to each
file are its licence and its source.
"""

from nnlib.datasets.dataset import Dataset
from nnlib.datasets.generated import blobs, moons, spirals
from nnlib.datasets.shipped import digits, dinosaurs, dosage, iris

__all__ = ["Dataset", "blobs", "digits", "dinosaurs", "dosage", "iris", "moons", "spirals"]
