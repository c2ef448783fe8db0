// The editor of a cell: CodeMirror in a shadow root, where the page's strict policy lets it have its style.

import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { pythonLanguage } from "@codemirror/lang-python";
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { EditorState, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, keymap } from "@codemirror/view";
import { highlightCode, tagHighlighter, tags } from "@lezer/highlight";

const KEYWORDS = [tags.keyword, tags.bool, tags.null, tags.self];
const STRINGS = [tags.string, tags.special(tags.string)];
// The site's own colors, in the same kinds of code as on the page (theme/pages/markup.py).
const colors = HighlightStyle.define([
  { tag: tags.comment, color: "var(--code-comment)", fontStyle: "italic" },
  { tag: KEYWORDS, color: "var(--code-keyword)" },
  { tag: STRINGS, color: "var(--code-string)" },
  { tag: tags.number, color: "var(--code-number)" },
]);
// The same for code outside of an editor, in the page's own classes.
const classes = tagHighlighter([
  { tag: KEYWORDS, class: "k" },
  { tag: STRINGS, class: "s" },
  { tag: tags.number, class: "mi" },
]);

/** The pieces of a line of code, each with its class. @param {string} code */
export function colored(code) {
  /** @type {[string, string][]} */
  const pieces = [];
  const put = (/** @type {string} */ text, /** @type {string} */ name) => pieces.push([text, name]);
  highlightCode(code, pythonLanguage.parser.parse(code), classes, put, () => {});
  return pieces;
}

// The measures are those of the page's `pre`, so that nothing moves when the editor takes its place.
const look = EditorView.theme({
  "&": { color: "inherit", backgroundColor: "transparent" },
  "&.cm-focused": { outline: "2px solid var(--ink)", outlineOffset: "-2px", borderRadius: "6px" },
  ".cm-scroller": { fontFamily: "inherit", lineHeight: "inherit", overflowX: "auto" },
  ".cm-content": { padding: "0.85rem 0", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 0.75rem 0 var(--code-inset)" },
  ".cm-line.live-wrong": {
    backgroundColor: "color-mix(in srgb, var(--nn-loss) 14%, transparent)",
    boxShadow: "inset 4px 0 var(--nn-loss)",
  },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--line)", color: "inherit" },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "transparent", textDecoration: "underline wavy" },
  ".cm-content ::selection": { backgroundColor: "light-dark(#fbe7a8, #57491a)" },
});

/** @type {import("@codemirror/state").StateEffectType<number>} */
const setWrong = StateEffect.define();
/** The line where it went wrong, until something is changed. */
const wrongLine = StateField.define({
  create: () => Decoration.none,
  update(lines, transaction) {
    let marked = transaction.docChanged ? Decoration.none : lines;
    for (const effect of transaction.effects) {
      if (!effect.is(setWrong)) continue;
      const { doc } = transaction.state;
      marked =
        effect.value >= 1 && effect.value <= doc.lines
          ? Decoration.set([Decoration.line({ class: "live-wrong" }).range(doc.line(effect.value).from)])
          : Decoration.none;
    }
    return marked;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/**
 * Make an editor.
 * @param {HTMLElement} host gets it, in a shadow root
 * @param {{code: string, label: string, changed: (code: string) => void, run: () => void, leaves: () => void}} options
 *   `leaves` is called when Tab begins to lead out of the editor
 */
export function createEditor(host, { code, label, changed, run, leaves }) {
  const root = host.attachShadow({ mode: "open" });
  const act = (/** @type {() => void} */ what) => () => {
    what();
    return true;
  };
  let silent = false;
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: code,
      extensions: [
        keymap.of([
          { key: "Shift-Enter", run: act(run) },
          { key: "Mod-Enter", run: act(run) },
          // Tab indents, as everywhere where one writes Python; after Escape it leads on.
          {
            key: "Escape",
            run: (editor) => {
              editor.setTabFocusMode(true);
              leaves();
              return true;
            },
          },
          indentWithTab,
          ...historyKeymap,
          ...defaultKeymap,
        ]),
        history(),
        indentUnit.of("    "),
        EditorState.tabSize.of(4),
        pythonLanguage,
        indentOnInput(),
        bracketMatching(),
        syntaxHighlighting(colors),
        look,
        wrongLine,
        EditorView.contentAttributes.of({
          "aria-label": label,
          tabindex: "0",
          autocapitalize: "off",
          autocorrect: "off",
        }),
        EditorView.domEventHandlers({ focus: (_, editor) => editor.setTabFocusMode(false) }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !silent) changed(update.state.doc.toString());
        }),
      ],
    }),
  });
  return {
    focus: () => view.focus(),
    get focused() {
      return view.hasFocus;
    },
    /** Another text, from elsewhere: nobody is told. @param {string} text */
    put(text) {
      if (text === view.state.doc.toString()) return;
      silent = true;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
      silent = false;
    },
    /** Mark a line as wrong, or none. @param {number | null} line */
    mark: (line) => view.dispatch({ effects: setWrong.of(line ?? 0) }),
    /** Put the cursor where a click was. @param {{x: number, y: number}} click */
    goTo({ x, y }) {
      const place = view.posAtCoords({ x, y }, false);
      view.dispatch({ selection: { anchor: place } });
    },
    view,
  };
}
