"""What the templates need to know about the site and about each page."""

from __future__ import annotations

import posixpath
import re
import shutil
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from nnbook.messages import ORIGINAL
from nnbook.tokens import load_tokens
from theme.files import offline, python
from theme.stages import Context, Doctree, Stage, on_page, when_written
from theme.strings import edition_of, strings

ROOT = Path(__file__).resolve().parents[2]
DESCRIPTION_LENGTH = 160
ENTRY = re.compile(r'<li class="toctree-l1"><a class="reference internal" href="(?P<page>[^"#]+)"')


def version() -> str:
    """Read the version of the book, which is that of `nnlib`."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])


def pages_address(repository: str, folder: str = "") -> str:
    """Tell where GitHub Pages publishes (a folder of) a repository: https://OWNER.github.io/NAME/."""
    owner, name = urlsplit(repository).path.strip("/").split("/")
    return f"https://{owner.lower()}.github.io/{name}/{folder and folder + '/'}"


def configure(app: Sphinx, config: Config) -> None:
    """Fill in what follows from other settings."""
    config.version = config.release = version()
    if not config.html_baseurl:
        options = config.html_theme_options
        config.html_baseurl = pages_address(options["repository_url"], options["path_to_docs"])


def description(doctree: nodes.document | None) -> str:
    """Take the first paragraph, cut at a word, for search engines and previews."""
    for paragraph in doctree.findall(nodes.paragraph) if doctree else ():
        text = " ".join(paragraph.astext().split())
        if len(text) <= DESCRIPTION_LENGTH:
            return text
        return text[:DESCRIPTION_LENGTH].rsplit(" ", 1)[0].rstrip(",;:.–") + " …"
    return ""


def form(repository: str, kind: str, edition: str, **filled: str) -> str:
    """Lead to one of the forms in `.github/ISSUE_TEMPLATE`, in a language of the book."""
    name = f"{kind}.yml" if edition == ORIGINAL else f"{kind}.{edition}.yml"
    return f"{repository}/issues/new?{urlencode({'template': name, **filled})}"


def report(repository: str, path: str, edition: str, version: str) -> str:
    """Lead to the form for a mistake; static/sections.js adds the section that is being read."""
    return form(repository, "mistake", edition, page=path, version=version)


def links(app: Sphinx, pagename: str) -> dict[str, str]:
    """Collect what leads from a page out of the site: its source, its problems, where it runs."""
    options = app.config.html_theme_options
    repository = options["repository_url"]
    branch = options.get("repository_branch") or "main"
    folder = options.get("path_to_docs") or ""
    source = Path(app.env.doc2path(pagename, base=False))
    file = (Path(folder) / source).as_posix()
    path = quote(file)
    slug = urlsplit(repository).path.strip("/")
    addresses = {
        "edit": f"{repository}/edit/{branch}/{path}",
        "report": report(repository, file, edition_of(app.config.language), app.config.release),
    }
    if source.suffix == ".ipynb":
        addresses["notebook"] = path
        launch = options.get("launch_buttons") or {}
        to_root = "../" * path.count("/")
        if (python.PARTS / python.LIST).exists():  # without it there is no JupyterLite
            addresses["lite"] = f"{to_root}lite/index.html?path={path}"  # tools/lite.py
        if binder := launch.get("binderhub_url"):
            query = f"urlpath=lab/tree/{path}"
            addresses["binder"] = f"{binder}/v2/gh/{slug}/{branch}?{query}"
        if colab := launch.get("colab_url"):
            addresses["colab"] = f"{colab}/github/{slug}/blob/{branch}/{path}"
    return addresses


def add_page_context(app: Sphinx, pagename: str, context: Context, doctree: Doctree) -> None:
    """Give the templates the words, the links and the description of a page."""
    context["words"] = strings(app.config.language)
    context["links"] = links(app, pagename) if doctree else {}
    context["repository"] = app.config.html_theme_options["repository_url"]
    context["base_path"] = urlsplit(app.config.html_baseurl).path
    context["described"] = 'name="description"' in (context.get("metatags") or "")
    context["description"] = description(doctree)
    # Without the chapter's number, which the context's own title has.
    titles = app.env.titles
    context["plain_title"] = (
        titles[pagename].astext() if pagename in titles else context.get("title")
    )
    context["is_root"] = pagename == app.config.root_doc


def list_contents(app: Sphinx, pagename: str, context: Context, doctree: Doctree) -> None:
    """Give the template the contents: resolved once, with each page's own links in them."""
    builder: Any = app.builder
    if not hasattr(builder, "contents"):
        builder.contents = builder._get_local_toctree(
            app.config.root_doc, collapse=False, titles_only=True, maxdepth=2, includehidden=True
        ).replace(' role="heading"', "")

    def place(entry: re.Match[str]) -> str:
        if entry["page"] == f"{pagename}.html":
            return '<li class="toctree-l1 current"><a class="current reference internal" href="#"'
        way = posixpath.relpath(entry["page"], posixpath.dirname(pagename) or ".")
        return entry[0].replace(entry["page"], way)

    context["contents"] = ENTRY.sub(place, builder.contents)


def mark_terms(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Give links to the glossary a class of their own, for the style sheet."""
    for reference in doctree.findall(nodes.reference):
        if any("std-term" in child["classes"] for child in reference.findall(nodes.inline)):
            reference["classes"].append("term")


def add_missing_pages(app: Sphinx) -> list[tuple[str, dict[str, Any], str]]:
    """Add the pages in place of one that does not exist, and of one that is not kept."""
    pages = {"404": "not_found", offline.NOT_KEPT: "not_kept"}
    colors = load_tokens()
    return [(name, {"colors": colors, "why": why}, "404.html") for name, why in pages.items()]


def copy_first_page(app: Sphinx, outdir: Path) -> None:
    """Let the address of the site show the first page itself, not a redirect to it."""
    shutil.copyfile(outdir / f"{app.config.root_doc}.html", outdir / "index.html")


def setup(app: Sphinx) -> None:
    """Connect to the build."""
    # Jupyter Book always sets this value, of an extension that the book does without.
    app.add_config_value("comments_config", {}, "html")
    app.connect("config-inited", configure)
    app.connect("doctree-resolved", mark_terms)
    on_page(app, add_page_context)
    on_page(app, list_contents)
    app.connect("html-collect-pages", add_missing_pages)
    # Before sphinx-external-toc, which would write the redirect.
    when_written(app, copy_first_page, Stage.FIRST_PAGE)
