r"""The book's running network, 1-2-1, as it is fitted to the dosages.

.. math:: \hat y = w_3 f(w_1 x + b_1) + w_4 f(w_2 x + b_2) + b_3,\qquad f = \operatorname{softplus}
"""

from __future__ import annotations

PARAMETERS = ("w1", "b1", "w2", "b2", "w3", "w4", "b3")
"""Their order wherever they are listed."""

FITTED = dict(zip(PARAMETERS, (3.34, -1.43, -3.53, 0.57, -1.22, -2.3, 2.61), strict=True))
