"""The page on accessibility: ``{criteria} 1`` has those of a principle, ``{conformance}`` the sum.

Each has its number, its name with a link to the standard, what is claimed, what that means here,
and the tests that show it, with links to them.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective, SphinxRole

from nnbook.messages import ORIGINAL, load
from theme.accessible.criteria import WORDS, Proof, in_order, level_of, proofs_in, slug, verdict
from theme.pages.context import form
from theme.pages.folding import fold, summary
from theme.stages import Context, Doctree, on_page
from theme.strings import edition_of

STYLE = "_static/criteria.css"
STANDARD = "https://www.w3.org/TR/WCAG22/"
PACKAGES = Path(__file__).resolve().parents[2] / "js" / "package.json"


class Criteria(SphinxDirective):
    """``{criteria} 1``: the criteria of one principle of the standard."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Write them as a list of definitions."""
        words = load(WORDS, edition_of(self.config.language))
        names = load(WORDS, ORIGINAL)["criteria"]
        proofs = proofs_in()
        listed = nodes.definition_list(classes=["criteria"])
        for number in in_order():
            if number.startswith(f"{self.arguments[0]}."):
                address = STANDARD + "#" + slug(names[number]["name"])
                listed += self._entry(number, address, proofs, words)
        return [listed]

    def _entry(
        self, number: str, address: str, proofs: dict[str, list[Proof]], words: dict[str, Any]
    ) -> nodes.definition_list_item:
        own = words["criteria"][number]
        claimed = verdict(number, proofs)
        link = nodes.reference("", f"{number} {own['name']}", refuri=address)
        level = words["level"].format(level=level_of(number))
        told = nodes.inline(
            "", f"{level} · {words['verdicts'][claimed]}", classes=["verdict", claimed]
        )
        term = nodes.term("", "", link, nodes.Text(" "), told, ids=[f"wcag-{number}"])
        text = nodes.definition()
        self.state.nested_parse(StringList([own["note"]], source=number), 0, text)
        if number in proofs:
            text += self._tests(proofs[number], words)
        return nodes.definition_list_item("", term, text)

    def _tests(self, tests: list[Proof], words: dict[str, Any]) -> fold:
        options = self.config.html_theme_options
        branch = options.get("repository_branch") or "main"
        listed = nodes.bullet_list()
        for test in tests:
            address = f"{options['repository_url']}/blob/{branch}/{test.file}"
            link = nodes.reference("", "", nodes.literal(text=test.name), refuri=address)
            listed += nodes.list_item("", nodes.paragraph("", "", link))
        head = summary("", words["tests"].format(count=len(tests)))
        return fold("", head, listed, classes=["tests"], open=False)


class Conformance(SphinxDirective):
    """``{conformance}``: how many criteria are met, and by what that is known."""

    def run(self) -> list[nodes.Node]:
        """Write a paragraph."""
        words = load(WORDS, edition_of(self.config.language))
        proofs = proofs_in()
        claimed = Counter(verdict(number, proofs) for number in in_order())
        tested = len({test for tests in proofs.values() for test in tests})
        counts = {key: claimed[key] for key in words["verdicts"]}
        return [nodes.paragraph("", words["counted"].format(tested=tested, **counts))]


class Checker(SphinxRole):
    """``{checked-with}`axe-core` ``: the version of a checker that the tests use."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return name and version, as the front ends pin it."""
        pinned = json.loads(PACKAGES.read_text(encoding="utf-8"))["devDependencies"]
        return [nodes.Text(f"{self.text} {pinned[self.text]}")], []


class Form(SphinxRole):
    """``{issue-form}`accessibility` ``: a link to a form, in the language of the page."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the link."""
        edition = edition_of(self.config.language)
        address = form(self.config.html_theme_options["repository_url"], self.text, edition)
        return [nodes.reference("", load(WORDS, edition)["tell"], refuri=address)], []


def add_style(app: Sphinx, pagename: str, context: Context, doctree: Doctree) -> None:
    """Give the page with the list its style."""
    if 'class="criteria' in context.get("body", ""):
        context["page_styles"] = [STYLE]


def setup(app: Sphinx) -> None:
    """Register the directives and the roles."""
    app.add_role("issue-form", Form())
    on_page(app, add_style)
    app.add_directive("criteria", Criteria)
    app.add_directive("conformance", Conformance)
    app.add_role("checked-with", Checker())
