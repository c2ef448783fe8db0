import assert from "node:assert/strict";
import { test } from "node:test";
import { errorIn, helpFor } from "../src/live/help.js";

const known = { below: ["later"], elsewhere: ["mended"] };
const help = (name, message, code = "x = 1", rest = {}) => helpFor({ name, message, ...rest }, code, known)?.key;

test("errors that beginners make have one sentence of help", () => {
  const found = [
    help("NameError", "name 'x' is not defined", "x", { undefined: "x" }),
    help("NameError", "name 'later' is not defined"),
    help("NameError", "name 'mended' is not defined"),
    help("TypeError", "unsupported operand type(s) for +: 'ellipsis' and 'int'", "x = ... + 1"),
    help("ValueError", "operands could not be broadcast together with shapes (3,) (4,)"),
    help("ValueError", "matmul: Input operand 1 has a mismatch in its core dimension 0"),
    help("SyntaxError", "invalid character '，' (U+FF0C)"),
    help("SyntaxError", "expected ':'"),
    help("SyntaxError", "'(' was never closed"),
    help("IndentationError", "expected an indented block after function definition on line 1"),
    help("ModuleNotFoundError", "No module named 'torch'"),
    help("IndexError", "list index out of range"),
    help("TypeError", "'NoneType' object is not subscriptable"),
    help("TypeError", "'function' object is not subscriptable"),
  ];
  assert.deepEqual(found, [
    "help_name",
    "help_name_below",
    "help_name_elsewhere",
    "help_blank",
    "help_shapes",
    "help_shapes",
    "help_full_width",
    "help_colon",
    "help_brackets",
    "help_indent",
    "help_missing_module",
    "help_index",
    "help_none",
    "help_function",
  ]);
});

test("other errors speak for themselves", () => {
  assert.equal(help("ZeroDivisionError", "division by zero"), undefined);
  assert.equal(help("ValueError", "lr must be positive, got -1"), undefined);
  assert.equal(help("ZeroDivisionError", "division by zero", 'print("...")'), undefined);
  assert.equal(help("AttributeError", "'ellipsis' object has no attribute 'T'", "z[..., 0].T"), undefined);
});

test("the error that a verdict tells of is found", () => {
  const text = "Tested on ordinary input, 1: your code stopped with NameError: name 'q' is not defined. It happened";
  const error = errorIn({ text, mistake: null });
  assert.equal(error.name, "NameError");
  assert.equal(helpFor(error, "q").values.name, "q");
  assert.equal(errorIn({ text, mistake: "axis_dropped" }), null); // its sentence says what to do
  assert.equal(errorIn({ text: "Not yet: 3 is too large.", mistake: null }), null);
});

test("spaces that only look like spaces get the help that full-width signs get", () => {
  for (const code of ["U+3000", "U+00A0"])
    assert.equal(help("SyntaxError", `invalid non-printable character ${code}`), "help_full_width", code);
  assert.equal(help("SyntaxError", "invalid non-printable character U+200B"), undefined);
});
