// A study on the page: `practice.html?study=CODE&phase=pre`. Code and phase, consent, the questions one after the other and in
// silence, the file that is handed in. The questions are in no file of the site: a teacher gives them, or puts them beside it.

import { h } from "../../core/index.js";
import { codeIn, PHASES } from "./codes.js";
import { doseOf, largest } from "./dose.js";
import { opened } from "./files.js";
import { button, fileChoice, foot, heading, paragraph, save } from "./parts.js";
import { pose } from "./question.js";
import { keptSessions, Own } from "./sessions.js";
import { who } from "./who.js";
import { language, t } from "./words.js";

/** @import { Phase } from "./codes.js" */
/** @import { Forms, Item, Session } from "./types.js" */

/** Survives a reload, and ends with the tab: the questions stay on no computer. */
const FORMS_KEY = "study-of-nnlib-book:forms";

/** @template T @param {() => T} action @returns {T | null} */
const tried = (action) => {
  try {
    return action();
  } catch {
    return null; // storage may be forbidden, or full
  }
};

/** A reload leads back here, and so does the other edition. @param {string} query */
export function lead(query) {
  tried(() => history.replaceState(history.state, "", query));
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const editions = document.querySelectorAll("a.edition");
  for (const link of editions) link.search = query;
}

export class Study {
  #kept = keptSessions();
  #room = h("div");
  #notice = h("div", { class: "study-notice", role: "status" });
  /** @type {Forms | null} */
  #forms = null;
  /** Until the file is saved, what no storage keeps would be lost. */
  #saved = true;
  /** @type {Own | null} */
  #own = null;
  /** The chapters, by which the record is read: without them the study goes on. @type {Promise<unknown> | null} */
  #book = null;

  /** @param {HTMLElement} place @param {{forms: string, book: string}} addresses */
  constructor(place, addresses) {
    this.addresses = addresses;
    place.replaceChildren(this.#notice, this.#room);
    addEventListener("beforeunload", (event) => {
      if (this.#isLost && !this.#saved) event.preventDefault();
    });
  }

  get #isLost() {
    return ["blocked", "full"].includes(this.#kept.trouble ?? "");
  }

  /** @param {(Node | null)[]} content */
  #show(...content) {
    this.#room.replaceChildren(...content.filter((node) => node !== null));
    this.#tell();
    if (this.#room.getBoundingClientRect().top < 0) this.#room.scrollIntoView();
    /** @type {HTMLElement | null} */
    const first = this.#room.querySelector("[tabindex='-1']");
    first?.focus({ preventScroll: true });
  }

  /** What the student should know of the storage, with the file at hand. */
  #tell() {
    const { trouble, aside } = this.#kept;
    const session = this.#own?.session;
    if (!trouble) return;
    const said = t(trouble, { key: aside });
    const line = this.#notice.querySelector("p");
    if (line?.textContent !== said) this.#notice.replaceChildren(h("p", { text: said })); // else it is read aloud again
    this.#notice.querySelector("button")?.remove();
    if (this.#isLost && session?.items.length) this.#notice.append(button("save", () => this.#save(session)));
  }

  /** What the record holds now; the list of the chapters may not have come. @param {Session} session */
  async #withDose(session) {
    await this.#book;
    return { ...session, dose: largest(session.dose, doseOf(globalThis.nnlibBook)) };
  }

  /** @param {Session} session */
  async #save(session) {
    save(session.ended ? session : await this.#withDose(session));
    this.#saved = true;
  }

  // ---- Who, and when ----

  /** @param {string} typed @param {string | null} asked the phase */
  enter(typed, asked) {
    const code = codeIn(typed);
    const phase = PHASES.find((one) => one === asked) ?? null;
    if (code && phase) this.#begin(code, phase);
    else this.#askWho(typed, phase, Boolean(typed && !code));
  }

  /** @param {string} typed @param {Phase | null} phase @param {boolean} [wrong] */
  #askWho(typed, phase, wrong = false) {
    const enter = (/** @type {string} */ code, /** @type {Phase} */ chosen) => this.#begin(code, chosen);
    this.#show(...who({ typed, phase, wrong }, enter, (session) => this.#takeUp(session)));
  }

  /** What was begun elsewhere, or could not be kept. @param {Session} session */
  #takeUp(session) {
    const { code, phase } = session;
    const own = new Own(this.#kept, code, phase);
    if ((own.session?.items.length ?? -1) < session.items.length) own.put(session);
    this.#begin(code, phase);
  }

  /** @param {string} code @param {Phase} phase */
  #begin(code, phase) {
    const own = new Own(this.#kept, code, phase);
    this.#own = own;
    lead(`?study=${code}&phase=${phase}`);
    this.#book ??= nnlibLoad(this.addresses.book).catch(() => null);
    if (own.session?.ended) this.#end(own, own.session);
    else if (own.session) this.#bring(own);
    else this.#askConsent(own);
  }

  // ---- Whether one wants to ----

  /** @param {Own} own */
  #askConsent(own) {
    const { code, phase } = own;
    const yes = button("take_part", () => {
      own.begin(language, Date.now());
      this.#bring(own);
    });
    const no = button("not_take_part", () => {
      this.#show(
        heading(t("not_taking_part")),
        paragraph("refused"),
        foot(button("back", () => this.#askConsent(own))),
      );
    });
    const lines = ["consent_what", "consent_file", "consent_local", "consent_free"].map((key) => paragraph(key));
    this.#show(
      heading(t("consent")),
      h(
        "p",
        {},
        t("you", { code, phase: t(phase) }),
        " ",
        button("change", () => this.#askWho(code, phase)),
      ),
      ...lines,
      foot(yes, no),
    );
  }

  // ---- The questions ----

  /** Find the questions: in this tab, beside the site, or in a file that is chosen. @param {Own} own */
  async #bring(own) {
    this.#forms ??= this.#take(tried(() => sessionStorage.getItem(FORMS_KEY)) ?? "");
    const { forms } = this.addresses;
    if (!this.#forms && location.protocol !== "file:") {
      const text = await fetch(forms, { cache: "no-cache" }).then(
        (answer) => (answer.ok ? answer.text() : ""),
        () => "",
      );
      this.#forms = this.#take(text);
    }
    if (this.#forms) this.#ask(own, this.#forms);
    else this.#askFile(own);
  }

  /** @param {string} text @returns {Forms | null} */
  #take(text) {
    const found = opened(text, language);
    if (!("forms" in found)) return null;
    tried(() => sessionStorage.setItem(FORMS_KEY, text));
    return found.forms;
  }

  /** @param {Own} own */
  #askFile(own) {
    const { zone, refuse } = fileChoice("choose_forms", (text) => {
      const found = opened(text, language);
      if ("session" in found) this.#takeUp(found.session);
      else if ("refused" in found) refuse(found.refused);
      else {
        this.#forms = this.#take(text);
        this.#bring(own);
      }
    });
    this.#show(heading(t("forms")), paragraph("forms_how"), zone);
  }

  /** @param {Own} own @param {Forms} forms */
  #ask(own, forms) {
    if (!own.session) return this.#askConsent(own); // withdrawn in another tab
    const items = forms.forms[own.form];
    const answered = new Set(own.session.items.map(({ id }) => id));
    const foreign = [...answered].some((id) => !items.some((item) => item.id === id));
    if (foreign) {
      this.#show(heading(t("forms")), paragraph("other_forms"), foot(button("save", () => this.#saveOf(own))));
      return;
    }
    const at = items.findIndex(({ id }) => !answered.has(id));
    if (at < 0) this.#finish(own);
    else this.#pose(own, items, at);
  }

  /** @param {Own} own */
  #saveOf(own) {
    if (own.session) this.#save(own.session);
  }

  /** @param {Own} own @param {Item[]} items @param {number} at */
  #pose(own, items, at) {
    const box = pose(items[at], { at, of: items.length }, (given) => {
      this.#saved = false;
      own.answer(given);
      if (this.#forms) this.#ask(own, this.#forms);
    });
    const stop = button("stop", () => this.#stop(own, items.length));
    const how = at ? null : paragraph("how", { count: items.length });
    this.#show(how, box, h("div", { class: "study-stop" }, stop));
  }

  /** @param {Own} own @param {number} of */
  #stop(own, of) {
    const { session } = own;
    if (!session) return;
    const count = session.items.length;
    this.#show(
      heading(t("stopped", { count, of })),
      paragraph("stopped_how"),
      foot(
        button("go_on", () => this.#bring(own)),
        count ? button("save", () => this.#save(session)) : null,
      ),
      this.#forgetting(own),
    );
  }

  // ---- The end ----

  /** @param {Own} own */
  async #finish(own) {
    const { session } = own;
    if (!session) return;
    const ended = { ...(await this.#withDose(session)), ended: true };
    own.put(ended);
    tried(() => sessionStorage.removeItem(FORMS_KEY));
    this.#end(own, ended);
  }

  /** @param {Own} own @param {Session} session */
  #end(own, session) {
    this.#show(
      heading(t("ended")),
      paragraph("ended_how"),
      paragraph(`ended_${session.phase}`),
      foot(button("save", () => this.#save(session))),
      this.#forgetting(own),
    );
  }

  /** To withdraw, or to leave nothing behind. @param {Own} own */
  #forgetting(own) {
    const forget = button("forget", () => {
      own.forget();
      this.#saved = true;
      this.#notice.replaceChildren();
      this.#show(heading(t("forgotten")), paragraph("forgotten_how"));
    });
    return h("details", {}, h("summary", { text: t("withdraw") }), paragraph("withdraw_how"), forget);
  }
}
