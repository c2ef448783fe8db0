"""The claims of the book: what it concludes from trainings, and in how many settings each holds.

A chapter has its claims in `nnbook/chapters/CHAPTER/claims.py`, the dictionary `CLAIMS`, and in
`claims.json` what `make claims` found. Its words have for each one what it `says` and what the
numbers `measured`; a constant whose name is not in `nnbook/messages/claims/` also needs a name in
`constants`. In the text the role {claim}`networks-gap` marks the sentence.
"""

from __future__ import annotations

from nnbook.claims.claim import Claim, Found
from nnbook.claims.ledger import Entry, entry, find, names

__all__ = ["Claim", "Entry", "Found", "entry", "find", "names"]
