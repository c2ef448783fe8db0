"""The claims of the chapter on backpropagation."""

from __future__ import annotations

from nnbook.chapters.backpropagation import small

CLAIMS = small.CLAIMS
