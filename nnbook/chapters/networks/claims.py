"""The claims of the chapter on the structure of a network."""

from __future__ import annotations

from nnbook.chapters.networks import input_claims, reader_claims

CLAIMS = reader_claims.CLAIMS | input_claims.CLAIMS
