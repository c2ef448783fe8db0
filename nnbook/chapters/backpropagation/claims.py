"""The claims of the chapter on backpropagation."""

from __future__ import annotations

from nnbook.chapters.backpropagation import deep, small

CLAIMS = small.CLAIMS | deep.CLAIMS
