// A list whose items can be moved: dragged, with the keyboard, or by a tap on an item and one on its new place.
// Each item has a grip, the button that the keyboard reaches.

/** What happens to the item in hand. @typedef {"lifted" | "at" | "dropped" | "back"} Move */

const SLIP = 5; // px that a finger or a mouse may move while it only taps

export class Movable {
  /** The item that was picked up, and where it came from. @type {HTMLElement | null} */
  #lifted = null;
  #from = 0;
  /** Whether the click that follows ends a drag. */
  #dragged = false;

  /**
   * @param {HTMLElement} list
   * @param {(what: Move, place: number) => void} tell
   */
  constructor(list, tell) {
    this.list = list;
    this.tell = tell;
    list.addEventListener("click", (event) => this.#tapped(event));
    list.addEventListener("keydown", (event) => this.#pressed(event));
    list.addEventListener("pointerdown", (event) => this.#down(event));
  }

  get items() {
    return /** @type {HTMLElement[]} */ ([...this.list.children]);
  }

  /** @param {Element} item */
  #place(item) {
    return [...this.list.children].indexOf(item);
  }

  /** @param {Event} event */
  #itemOf({ target }) {
    return this.items.find((item) => item.contains(/** @type {Node} */ (target)));
  }

  /** @param {Element} item */
  #gripOf(item) {
    return /** @type {HTMLElement} */ (item.querySelector(".line-grip"));
  }

  /** Move an item: the others go round it, so that it keeps the focus and the pointer. @param {HTMLElement} item @param {number} to */
  #put(item, to) {
    const others = this.items.filter((other) => other !== item);
    for (const other of others.slice(0, to)) if (this.#place(other) > this.#place(item)) item.before(other);
    for (const other of others.slice(to).reverse()) if (this.#place(other) < this.#place(item)) item.after(other);
  }

  /** @param {HTMLElement} item */
  #lift(item) {
    this.#lifted = item;
    this.#from = this.#place(item);
    item.dataset.lifted = "";
    this.list.dataset.lifting = "";
    this.#gripOf(item).setAttribute("aria-pressed", "true");
    this.tell(this.#dragged ? "at" : "lifted", this.#from);
  }

  /** Put down what is in hand, where it is or where it came from. */
  drop(back = false) {
    const item = this.#lifted;
    if (!item) return;
    if (back) this.#put(item, this.#from);
    this.#lifted = null;
    delete item.dataset.lifted;
    delete this.list.dataset.lifting;
    this.#gripOf(item).setAttribute("aria-pressed", "false");
    this.tell(back ? "back" : "dropped", this.#place(item));
  }

  /** @param {number} to */
  #carry(to) {
    const item = this.#lifted;
    if (!item || to < 0 || to >= this.items.length || to === this.#place(item)) return;
    this.#put(item, to);
    this.tell("at", to);
  }

  /** @param {MouseEvent} event */
  #tapped(event) {
    const item = this.#itemOf(event);
    if (this.#dragged || !item) {
      this.#dragged = false;
      event.preventDefault(); // of a choice that was only dragged
      return;
    }
    const held = this.#lifted;
    if (held) {
      event.preventDefault();
      this.#put(held, this.#place(item));
      this.drop();
      this.#gripOf(held).focus({ preventScroll: true });
    } else if (!(/** @type {Element} */ (event.target).closest("label"))) {
      this.#lift(item);
      this.#gripOf(item).focus({ preventScroll: true });
    }
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const item = this.#itemOf(event);
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const onGrip = item && event.target === this.#gripOf(item);
    if (event.key === "Escape" && this.#lifted) this.drop(true);
    else if (!onGrip || !step) return;
    else if (this.#lifted) this.#carry(this.#place(this.#lifted) + step);
    else {
      const next = this.items[this.#place(item) + step];
      if (next) this.#gripOf(next).focus();
    }
    event.preventDefault();
    event.stopPropagation();
  }

  /** A drag may begin: by a mouse anywhere, by a finger on the grip, as elsewhere it scrolls. @param {PointerEvent} event */
  #down(event) {
    this.#dragged = false;
    const item = this.#itemOf(event);
    const onGrip = item && this.#gripOf(item).contains(/** @type {Node} */ (event.target));
    if (!item || event.button !== 0 || this.#lifted || (event.pointerType !== "mouse" && !onGrip)) return;
    const begun = new AbortController();
    const { signal } = begun;
    const held = event.clientY - item.getBoundingClientRect().top;
    const follow = (/** @type {PointerEvent} */ { clientY }) => {
      if (!this.#dragged && Math.abs(clientY - event.clientY) < SLIP) return;
      if (!this.#dragged) {
        this.#dragged = true;
        item.setPointerCapture(event.pointerId);
        this.#lift(item);
      }
      this.#follow(item, clientY, held);
    };
    const end = (/** @type {boolean} */ back) => {
      begun.abort();
      item.style.removeProperty("translate");
      if (this.#dragged) this.drop(back);
    };
    document.addEventListener("pointermove", follow, { signal });
    document.addEventListener("pointerup", () => end(false), { signal });
    document.addEventListener("pointercancel", () => end(true), { signal });
  }

  /**
   * The item in hand stays under the pointer, and goes where it is over half of another.
   * @param {HTMLElement} item @param {number} y @param {number} held how far below its edge it is held
   */
  #follow(item, y, held) {
    const middle = y - held + item.offsetHeight / 2;
    const others = this.items.filter((other) => other !== item);
    const passed = others.filter((other) => {
      const { top, height } = other.getBoundingClientRect();
      return top + height / 2 < middle;
    });
    this.#carry(passed.length);
    item.style.removeProperty("translate");
    item.style.setProperty("translate", `0 ${y - held - item.getBoundingClientRect().top}px`);
  }
}
