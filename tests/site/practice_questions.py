"""A small file of review questions, of the form that the theme writes: any questions will do."""

import json

CHAPTERS = ("networks", "activations", "losses")
IDEAS = {"twice": 2, "thrice": 3, "fourfold": 4, "fivefold": 5}
CASES = (3, 7, 11, 13, 17)


def variant(n: int, factor: int) -> dict:
    """Return one set of numbers of a question: how much is `factor` times `n`?"""
    near = 0.1
    return {
        "kind": "number",
        "symbol": "p",
        "unit": "",
        "answer": f"p = {factor * n}",
        "limits": [factor * n - near, factor * n + near],
        "mistakes": {"added": [factor + n - near, factor + n + near]},
        "values": {"n": str(n), "factor": str(factor)},
    }


def question(chapter: str, idea: str) -> dict:
    """Return a question with all its sets of numbers."""
    words = {
        "question": [
            "What is $p = {factor} \\cdot {n}$?",
            "A ticket costs ${n}$. Which $p$ do ${factor}$ of them cost?",
        ],
        "hint": "Add ${n}$ to itself.",
        "reason": "A product is a sum of equal parts.",
        "mistakes": {"added": "That is the sum."},
        "options": {},
    }
    return {
        "chapter": chapter,
        "section": f"chapters/{chapter}.html",
        "title": f"Products in {chapter}",
        "idea": idea,
        "level": "relate",
        "words": words,
        "variants": [variant(n, IDEAS[idea]) for n in CASES],
        "text": {},
    }


def script() -> str:
    """Return the script that a page loads."""
    questions = {
        f"{chapter}-{idea}": question(chapter, idea) for chapter in CHAPTERS for idea in IDEAS
    }
    return f"globalThis.nnlibReview={json.dumps({'version': 1, 'questions': questions})};\n"
