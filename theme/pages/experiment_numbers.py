"""The role that quotes an experiment: {experiment}`plateaus:two_failed_300` is its number.

The numbers of an experiment are beside its script, in `experiments/NAME.json` (tools/experiments.py
writes them). Without a number, {experiment}`plateaus` leads to the script. A name that is not
there is a warning, and a warning ends the build.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

FOLDER = Path(__file__).resolve().parents[2] / "experiments"

logger = logging.getLogger(__name__)


def digest_of(script: Path) -> str:
    """Return what tells one version of a script from another, on every system."""
    return hashlib.sha256(script.read_text(encoding="utf-8").encode()).hexdigest()[:16]


def proof_of(stored: Mapping[str, Any]) -> str:
    """Return what tells one script with one result from another: `make portable` notes it."""
    proven = json.dumps([stored["script"], stored["numbers"]], ensure_ascii=False)
    return hashlib.sha256(proven.encode()).hexdigest()[:16]


def quotable() -> dict[str, str]:
    """Return what the role knows: each "NAME:NUMBER" as mini-TeX, each "NAME" as its script."""
    known = {}
    for path in sorted(FOLDER.glob("*.json")):
        known[path.stem] = f"{FOLDER.name}/{path.stem}.py"
        numbers = json.loads(path.read_text(encoding="utf-8"))["numbers"]
        known |= {f"{path.stem}:{name}": text for name, text in numbers.items()}
    return known


class Experiment(SphinxRole):
    """A number of an experiment, or a link to its script."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the number as a formula, so that it looks like every other number."""
        known = quotable()
        if self.text not in known:
            logger.warning(
                "%r is no number of an experiment", self.text, location=self.get_location()
            )
            return [nodes.literal(text=self.text)], []
        shown = known[self.text]
        if ":" in self.text:
            return [nodes.math(text=shown)], []
        options = self.config.html_theme_options
        branch = options.get("repository_branch") or "main"
        address = f"{options['repository_url']}/blob/{branch}/{shown}"
        return [nodes.reference("", "", nodes.literal(text=shown), refuri=address)], []


def setup(app: Sphinx) -> None:
    """Register the role."""
    app.add_role("experiment", Experiment())
