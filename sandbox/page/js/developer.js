// The developers' side: the bot's calls, and the means to disturb it.
import { Calls } from "./calls.js";
import { Disturb } from "./disturb.js";
import { clear, h } from "./dom.js";
import { arrows } from "./keys.js";
import { t } from "./strings.js";

export class Developer {
  #part = "calls_part";

  constructor(store) {
    this.calls = new Calls(store);
    this.disturb = new Disturb(store);
    this.tabs = arrows(h("div.parts", { role: "tablist" }));
    this.body = h("div.part");
    this.element = h("div.developer", {}, this.tabs, this.body);
  }

  get refusals() {
    return this.calls.refusals;
  }

  update() {
    const parts = { calls_part: this.calls, disturb_part: this.disturb };
    this.tabs.setAttribute("aria-label", t("developer"));
    clear(this.tabs, Object.keys(parts).map((name) => h("button.segment", { type: "button", role: "tab", "aria-selected": String(name === this.#part), testid: `developer-${name}`, onclick: () => this.#go(name) }, t(name))));
    if (this.body.firstElementChild !== parts[this.#part].element) clear(this.body, parts[this.#part].element);
    parts[this.#part].show();
  }

  #go(name) {
    this.#part = name;
    this.update();
    this.tabs.querySelector("[aria-selected=true]").focus();
  }
}
