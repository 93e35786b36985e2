// The panel over the input: the bot's commands, its name, and inline results after "@bot query".
import { api } from "./api.js";
import { clear, h, icon } from "./dom.js";
import { InlineResults } from "./inline.js";
import { t } from "./strings.js";

const WAIT_MS = 250;
let panels = 0;

export class Suggest {
  #timer = null;
  #turn = 0;
  mode = null; // "commands" | "inline" | null

  /** host: {input, person(), chat(), topic(), botName(), command(text), prefill(text), chosen(), start(parameter)} */
  constructor(host) {
    this.host = host;
    const act = (name) => (...values) => { this.close(); host[name](...values); };
    this.inline = new InlineResults({ ...host, chosen: act("chosen"), start: act("start"), show: (elements, empty) => this.#open("inline", elements, empty) });
    this.element = h("div.suggest", { hidden: true, role: "listbox", id: `suggest-${(panels += 1)}`, testid: "suggest", onscroll: () => this.mode === "inline" && this.inline.more(this.element) });
  }

  close() {
    this.#turn += 1;
    clearTimeout(this.#timer);
    this.inline.forget();
    this.mode = null;
    this.element.hidden = true;
    this.#announce();
  }

  get isOpen() {
    return !this.element.hidden;
  }

  /** React to what is typed. */
  typed(text) {
    const inline = this.#inlineQuery(text);
    if (inline !== null) this.#later(() => this.inline.ask(inline), "inline");
    else if (/^\/\w*$/.test(text)) this.showCommands(text.slice(1));
    else if (this.#beginsName(text)) this.#open("commands", [this.#name()]);
    else this.close();
  }

  #inlineQuery(text) {
    const start = `@${this.host.botName()} `.toLowerCase();
    return text.toLowerCase().startsWith(start) ? text.slice(start.length) : null;
  }

  #beginsName(text) {
    return text.length > 1 && `@${this.host.botName()}`.toLowerCase().startsWith(text.toLowerCase());
  }

  #later(act, mode) {
    clearTimeout(this.#timer);
    this.mode = mode;
    this.#timer = setTimeout(act, WAIT_MS);
  }

  async showCommands(beginning = "") {
    const turn = ++this.#turn;
    const list = await api.commands(this.host.person()).catch(() => []);
    if (turn !== this.#turn) return;
    const fitting = (Array.isArray(list) ? list : list.commands ?? []).filter((one) => one.command.startsWith(beginning));
    if (beginning && !fitting.length) return this.close();
    this.#open("commands", fitting.map((one) => this.#command(one)), fitting.length ? null : t("no_commands"));
  }

  #command({ command, description }) {
    const act = () => {
      this.close();
      this.host.command(`/${command}`);
    };
    return h("button.suggestion", { type: "button", role: "option", tabindex: "-1", testid: `command-${command}`, onclick: act }, h("strong", {}, `/${command}`), h("span", {}, description));
  }

  #name() {
    const name = `@${this.host.botName()}`;
    return h("button.suggestion.inline-result", { type: "button", role: "option", tabindex: "-1", testid: "suggest-bot", onclick: () => this.host.prefill(`${name} `) },
      h("span.inline-mark", {}, icon("stall", 20)), h("span.grow", {}, h("strong", {}, name), h("span", {}, t("inline_hint"))));
  }

  #open(mode, entries, empty = null) {
    this.mode = mode;
    clear(this.element, entries, empty && h("p.suggest-empty", {}, empty));
    this.element.setAttribute("aria-label", t(mode === "commands" ? "commands" : "inline_results"));
    this.element.hidden = false;
    this.element.scrollTop = 0;
    this.#announce();
  }

  /** The input says what is open and which entry is marked. */
  #announce(active = null) {
    const { input } = this.host;
    input.setAttribute("aria-controls", this.element.id);
    if (active) active.id = `${this.element.id}-active`;
    if (active) input.setAttribute("aria-activedescendant", active.id);
    else input.removeAttribute("aria-activedescendant");
  }

  /** Arrow keys move in the list, Enter takes; true when the key was used. */
  key(event) {
    if (!this.isOpen && !(this.mode && event.key === "Escape")) return false;
    const entries = [...this.element.querySelectorAll(".suggestion")];
    const at = entries.findIndex((entry) => entry.classList.contains("active"));
    const grid = this.element.querySelector(".grid");
    const step = { ArrowDown: 1, ArrowUp: -1, ...(grid && at >= 0 && { ArrowRight: 1, ArrowLeft: -1 }) }[event.key];
    if (event.key === "Escape") this.close();
    else if (step && entries.length) this.#mark(entries, at, at < 0 && step < 0 ? entries.length - 1 : (at + step + entries.length) % entries.length);
    else if ((event.key === "Enter" || event.key === "Tab") && at >= 0) entries[at].click();
    else return false;
    return true;
  }

  #mark(entries, from, to) {
    entries[from]?.classList.remove("active");
    entries[from]?.removeAttribute("id");
    entries.forEach((entry, index) => entry.setAttribute("aria-selected", String(index === to)));
    entries[to].classList.add("active");
    entries[to].scrollIntoView({ block: "nearest" });
    this.#announce(entries[to]);
    if (this.mode === "inline" && to >= entries.length - 3) this.inline.more();
  }
}
