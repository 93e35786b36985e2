// The panel over the input: the bot's commands, and inline results after "@bot query".
import { api } from "./api.js";
import { clear, h, icon } from "./dom.js";
import { refused } from "./overlays.js";
import { t } from "./strings.js";

const WAIT_MS = 250;

export class Suggest {
  #timer = null;
  #turn = 0;
  mode = null; // "commands" | "inline" | null

  /** host: {person(), chat(), topic(), botName(), command(text), chosen()} */
  constructor(host) {
    this.host = host;
    this.element = h("div.suggest", { hidden: true });
  }

  close() {
    this.#turn += 1;
    clearTimeout(this.#timer);
    this.mode = null;
    this.element.hidden = true;
  }

  get isOpen() {
    return !this.element.hidden;
  }

  /** React to what is typed. */
  typed(text) {
    const inline = this.#inlineQuery(text);
    if (inline !== null) this.#later(() => this.#showInline(inline));
    else if (/^\/\w*$/.test(text)) this.showCommands(text.slice(1));
    else this.close();
  }

  #inlineQuery(text) {
    const start = `@${this.host.botName()} `.toLowerCase();
    return text.toLowerCase().startsWith(start) ? text.slice(start.length) : null;
  }

  #later(act) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(act, WAIT_MS);
  }

  async showCommands(beginning = "") {
    const turn = ++this.#turn;
    const list = await api.commands(this.host.person()).catch(() => []);
    if (turn !== this.#turn) return;
    const fitting = (Array.isArray(list) ? list : list.commands ?? []).filter((one) => one.command.startsWith(beginning));
    if (beginning && !fitting.length) return this.close();
    this.#open("commands", fitting.map((one) => this.#command(one)), t("no_commands"));
  }

  #command({ command, description }) {
    const act = () => {
      this.close();
      this.host.command(`/${command}`);
    };
    return h("button.suggestion", { type: "button", role: "option", testid: `command-${command}`, onclick: act }, h("strong", {}, `/${command}`), h("span", {}, description));
  }

  async #showInline(query) {
    const turn = ++this.#turn;
    try {
      const answer = await api.inline({ person: this.host.person(), query });
      if (turn !== this.#turn) return;
      const results = Array.isArray(answer) ? answer : answer.results ?? [];
      this.#open("inline", results.map((one) => this.#result(one)), t("inline_empty"));
    } catch (error) {
      if (turn === this.#turn) refused(error);
    }
  }

  #result(result) {
    const picture = [result.thumbnail_url, result.photo_url].find((url) => url?.startsWith("/"));
    const act = async () => {
      this.close();
      try {
        await api.choose({ person: this.host.person(), result: result.id, chat: this.host.chat(), topic: this.host.topic() });
        this.host.chosen();
      } catch (error) {
        refused(error);
      }
    };
    return h("button.suggestion.inline-result", { type: "button", role: "option", testid: "inline-result", onclick: act },
      picture ? h("img", { src: picture, alt: "" }) : h("span.inline-mark", {}, icon("stall", 20)),
      h("span.grow", {}, h("strong", {}, result.title ?? result.caption ?? result.id), result.description && h("span", {}, result.description)));
  }

  #open(mode, entries, empty) {
    this.mode = mode;
    clear(this.element, entries.length ? entries : h("p.suggest-empty", {}, empty));
    this.element.setAttribute("role", "listbox");
    this.element.setAttribute("aria-label", t(mode === "commands" ? "commands" : "chats"));
    this.element.hidden = false;
  }

  /** Arrow keys move in the list, Enter takes; true when the key was used. */
  key(event) {
    if (!this.isOpen) return false;
    const entries = [...this.element.querySelectorAll(".suggestion")];
    const at = entries.findIndex((entry) => entry.classList.contains("active"));
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") this.close();
    else if (step && entries.length) {
      entries[at]?.classList.remove("active");
      const next = entries[(at + step + entries.length) % entries.length];
      next.classList.add("active");
      next.scrollIntoView({ block: "nearest" });
    } else if ((event.key === "Enter" || event.key === "Tab") && at >= 0) entries[at].click();
    else return false;
    return true;
  }
}
