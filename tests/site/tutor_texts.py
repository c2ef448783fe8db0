"""What is copied for a tutor, of every exercise of a page, and whether it tells the answer."""

import ast
import re

# Answer every question wrongly, let each be copied for a tutor, and say what must not be in it.
COPIED = """async () => {
  const texts = [];
  const writeText = async (text) => { texts.push(text); };
  Object.defineProperty(navigator, "clipboard", { value: { writeText }, configurable: true });
  const wrong = ({ data, name }) => {
    const far = 3 * Math.abs(data.limits?.[1]) + 1.23;
    if (name === "Predict")
      return { tries: data.options?.filter((one) => one !== data.answer) ?? [far, 2 * far] };
    const round = data.rounds.length - 1;
    return { round, tries: [1, 2].map((time) => [round, 0, time * 98765.4]) };
  };
  const found = [];
  // Beside an answer to an exercise the button is only once it is wrong for the second time.
  document.querySelector("[data-exercise]:not([data-numbers]) pre")?.click();
  for (let frame = 0; frame < 1000 && !document.querySelector(".live-editor"); frame += 1)
    await new Promise(requestAnimationFrame);
  for (const { exercise } of globalThis.nnlibLive?.begin().cells ?? []) {
    exercise?.work.tried(exercise.name, "another answer");
    exercise?.verdict({ correct: false, text: "No.", mistake: null, exercise: exercise.name });
  }
  for (const button of document.querySelectorAll('main [data-name="tutor"]')) {
    const { figure } = button.closest(".nn-figure") ?? {};
    // An estimate is never wrong, one of two options not twice; practice draws by chance.
    const { estimate, options } = figure?.data ?? {};
    if (estimate || options?.length === 2 || button.closest("[data-practice]")) continue;
    figure?.set(wrong(figure));
    const count = texts.length;
    button.click();
    for (let frame = 0; frame < 1000 && texts.length === count; frame += 1)
      await new Promise(requestAnimationFrame);
    const exercise = button.closest("[data-exercise]")?.dataset.exercise;
    const isSolution = (one) => one.role === "solution" && one.exercise === exercise;
    const solution = exercise && nnlibPage.cells.find(isSolution);
    const { data } = figure ?? {};
    const line = data?.rounds?.at(-1).lines[0];
    found.push({
      exercise,
      name: exercise ?? figure.root.dataset.id,
      text: texts[count] ?? "",
      code: solution?.code ?? "",
      limits: exercise ? nnlibPage.numbers[exercise]?.limits : [(line ?? data).limits],
      option: data?.kind === "choice" ? figure.t(`options.${data.answer}`, data.values) : null,
      shown: figure ? !button.hidden : true,
    });
  }
  return found;
}"""
NUMBER = re.compile(r"(?<![\w.])[-−]?\d+(?:\.\d+)?")


def numbers_in(text):
    return {float(number.replace("−", "-")) for number in NUMBER.findall(text)}


def told(one, before, after):
    """Yield what a text for a tutor tells of the answer, besides what the task tells itself."""
    for low, high in filter(None, one["limits"] or ()):
        yield from {
            number for number in numbers_in(after) - numbers_in(before) if low <= number <= high
        }
    if one["option"] is not None:
        yield from (line for line in after.splitlines() if line.strip("- ") == one["option"])
    given, said = (re.sub(r"[\s`$]", "", text.replace("−", "-")) for text in (before, after))
    for node in ast.walk(ast.parse(one["code"])):
        if isinstance(node, ast.BinOp | ast.Call | ast.Compare | ast.Subscript):
            code = re.sub(r"\s", "", ast.unparse(node))
            if len(code) > 6 and code in said and code not in given:
                yield code
