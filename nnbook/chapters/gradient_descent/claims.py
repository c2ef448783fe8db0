"""The claims of the chapter on gradient descent."""

from __future__ import annotations

from nnbook.chapters.gradient_descent import bowls, networks

CLAIMS = networks.CLAIMS | bowls.CLAIMS
