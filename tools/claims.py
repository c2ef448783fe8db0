"""Try the claims of the book, and write in how many settings each holds.

A claim is a function that judges one setting, and the settings (nnbook/claims/). What is found is
beside the claims of a chapter in `claims.json`, with a digest of the program. Without names, those
are tried that were not tried since their program changed; then the weakest are listed. With
`--check` all are tried, nothing is written, and the exit code says whether all is as before.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import console
import notebook_form
from nnbook.claims import Claim, Found, find, names
from nnbook.claims.ledger import RESULTS

ROOT = Path(__file__).resolve().parent.parent
CHAPTERS = ROOT / "nnbook" / "chapters"
DIGITS = 2
"""How many digits of an effect are stored: the last bit of a training decides none of them."""
WEAKEST = 10


def main() -> int:
    """Read the command line; return 1 if a check fails."""
    console.prepare()
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument("names", nargs="*", help="activations-dead, or activations; default: all")
    arguments = parser.parse_args()
    chosen = [name for name in names() if selected(name, arguments.names)]
    if not chosen and (arguments.names or names()):
        parser.error(f"no claim is named {' '.join(arguments.names)}; there are {names()}")
    differ = [name for name in chosen if update(name, arguments) and arguments.check]
    weakest()
    return int(bool(differ))


def selected(name: str, wanted: Sequence[str]) -> bool:
    """Whether a claim, or its chapter, is among the wanted ones."""
    return not wanted or name in wanted or name.partition("-")[0] in wanted


def update(name: str, arguments: argparse.Namespace) -> bool:
    """Try a claim if that is due, and store what is found; return whether it was another."""
    claim, stored = find(name), read(name)
    if not (arguments.check or arguments.names) and stored.get("digest") == claim.digest:
        return False
    start = time.perf_counter()
    found = {"found": tried(claim, claim.settings), "beyond": tried(claim, claim.outside)}
    found = {kind: rows for kind, rows in found.items() if rows}
    print(f"{name}: {time.perf_counter() - start:.0f} s", flush=True)
    for kind, rows in found.items():
        for row in rows:
            print(f"  {kind} {row}", flush=True)
    same = stored.get("digest") == claim.digest and all(
        agree(stored.get(kind, []), found.get(kind, [])) for kind in ("found", "beyond")
    )
    if not arguments.check and not same:
        write(name, {"digest": claim.digest, **found})
    return not same


def tried(claim: Claim, changes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Judge a claim in these settings."""
    return [{"change": change} | shown(claim.tried(**change)) for change in changes]


def shown(found: Found) -> dict[str, Any]:
    """Return what is stored of it."""
    known = {"effect": found.effect, "error": found.error}
    numbers = {name: short(number) for name, number in known.items() if number is not None}
    return {"holds": found.holds, **numbers}


def short(number: float) -> float:
    """Round to the digits that are stored."""
    return float(f"{number:.{DIGITS}g}")


def agree(stored: list[dict[str, Any]], found: list[dict[str, Any]]) -> bool:
    """Whether all settings say what they said, and no effect moved by more than its error."""
    return [row["change"] for row in stored] == [row["change"] for row in found] and all(
        old["holds"] == new["holds"]
        and abs(old["effect"] - new["effect"])
        <= max(old.get("error", 0.0), new.get("error", 0.0), 0.05 * abs(old["effect"]))
        for old, new in zip(stored, found, strict=True)
    )


def path_of(name: str) -> Path:
    """Return the file of the chapter's results."""
    return CHAPTERS / name.partition("-")[0] / RESULTS


def read(name: str) -> dict[str, Any]:
    """Return what is stored of a claim; nothing if it was never tried."""
    path = path_of(name)
    known: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return known.get(name.partition("-")[2], {})


def write(name: str, result: dict[str, Any]) -> None:
    """Store it among those of its chapter, in the order of the chapter's claims."""
    path, (chapter, _, own) = path_of(name), name.partition("-")
    known = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    known[own] = result
    order = [each.partition("-")[2] for each in names() if each.startswith(f"{chapter}-")]
    kept = {each: known[each] for each in order if each in known}
    notebook_form.save(path, as_text(kept))


def as_text(kept: dict[str, Any]) -> str:
    """Write a line for each setting."""
    claims = []
    for own, result in kept.items():
        parts = [f'"digest": "{result["digest"]}"']
        for kind in [kind for kind in ("found", "beyond") if kind in result]:
            rows = ",\n".join(f"   {json.dumps(row, ensure_ascii=False)}" for row in result[kind])
            parts.append(f'"{kind}": [\n{rows}\n  ]')
        claims.append(f" {json.dumps(own)}: {{\n  " + ",\n  ".join(parts) + "\n }")
    return "{\n" + ",\n".join(claims) + "\n}\n"


def weakest() -> None:
    """Print the claims that hold in the smallest parts of their settings."""
    known = [(name, read(name)) for name in names()]
    rows = [(name, result["found"]) for name, result in known if result]
    share = {name: sum(row["holds"] for row in found) / len(found) for name, found in rows}
    print(f"The weakest of {len(rows)} claims that were tried, of {len(known)}:")
    for name, found in sorted(rows, key=lambda row: share[row[0]])[:WEAKEST]:
        print(f"  {name}: holds in {sum(row['holds'] for row in found)} of {len(found)}")


if __name__ == "__main__":
    sys.exit(main())
