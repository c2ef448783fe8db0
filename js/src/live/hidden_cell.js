// A cell whose code the page does not show, such as the set-up of the first page: it runs on the way to others, unseen.

export class HiddenCell {
  state = "idle";
  written = null;
  ran = null;
  count = null;
  space = "";
  number = "–";
  outputs = { records: [] };

  constructor(page, data) {
    this.page = page;
    this.data = data;
  }

  get code() {
    return this.data.code;
  }

  end({ error }) {
    this.state = error ? "error" : "done";
    if (error) this.page.status.warn(`${error.name}: ${error.message}`);
  }

  reset() {
    this.ran = null;
    this.state = "idle";
  }

  begin() {}
  take() {}
  tell() {}
  ask() {
    return () => {};
  }
  write() {}
  show() {}
}
