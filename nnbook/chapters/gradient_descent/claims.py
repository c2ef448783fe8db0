"""The claims of the chapter on gradient descent."""

from __future__ import annotations

from nnbook.chapters.gradient_descent import bowls, networks, rates

CLAIMS = networks.CLAIMS | rates.CLAIMS | bowls.CLAIMS
