// The developer panel: the bot's calls and refusals as they happen.
import { api } from "./api.js";
import { clear, h } from "./dom.js";
import { digits } from "./format.js";
import { t } from "./strings.js";

const KEEP = 300;
const QUIET = new Set(["getUpdates"]);

export class Calls {
  #calls = [];
  #waiting = false;
  #open = new Set();

  constructor(store) {
    this.refusedOnly = h("input", { type: "checkbox", onchange: () => this.update() });
    this.list = h("ol.calls", { "aria-live": "off" });
    this.head = h("div.calls-head");
    this.element = h("div.calls-panel", {}, this.head, this.list);
    store.on("call", (event) => this.#add(event.call ?? event));
    store.on("fault", (event) => this.#add(fault(event.fault ?? event)));
    store.on("reset", () => this.#forget());
    this.#begin();
  }

  async #begin() {
    const answer = await api.calls().catch(() => []);
    const earlier = Array.isArray(answer) ? answer : answer.calls ?? [];
    for (const call of earlier.slice(-KEEP)) this.#add(call);
  }

  #add(call) {
    if (QUIET.has(call.method) && call.ok !== false && !call.error) return;
    this.#calls.unshift(call);
    this.#calls.length = Math.min(this.#calls.length, KEEP);
    if (this.#waiting || !this.element.isConnected) return;
    this.#waiting = true;
    setTimeout(() => {
      this.#waiting = false;
      this.update();
    }, 120);
  }

  #forget() {
    this.#calls = [];
    this.#open.clear();
    this.update();
  }

  get refusals() {
    return this.#calls.filter(isRefused).length;
  }

  update() {
    clear(this.head, h("p.panel-hint", {}, t("calls_hint")), h("div.calls-tools", {}, h("label", {}, this.refusedOnly, t("only_refused")), h("button.quiet", { type: "button", onclick: () => this.#forget() }, t("clear"))));
    const shown = this.refusedOnly.checked ? this.#calls.filter(isRefused) : this.#calls;
    clear(this.list, shown.length ? shown.map((call) => this.#line(call)) : h("li.panel-hint", {}, t("calls_empty")));
  }

  #line(call) {
    const refusedCall = isRefused(call);
    const details = h("details", { class: refusedCall ? "refused" : "" },
      h("summary", {}, h("i.call-dot"), h("code", {}, call.method), h("span.call-ms", {}, Number.isFinite(call.ms) ? `${digits(Math.round(call.ms))} ms` : "")),
      refusedCall && h("p.call-error", {}, errorText(call)), h("pre", {}, JSON.stringify(call.params ?? {}, null, 1)));
    details.open = this.#open.has(call);
    details.addEventListener("toggle", () => (details.open ? this.#open.add(call) : this.#open.delete(call)));
    return h("li", {}, details);
  }
}

const fault = (one) => ({ method: `fault: ${one.method ?? ""}`, ok: false, error: one.description ?? one.code, params: one });
const isRefused = (call) => call.ok === false || Boolean(call.error);

function errorText(call) {
  const error = call.error ?? call.description ?? "";
  return typeof error === "object" ? `${error.code ?? error.error_code ?? ""} ${error.description ?? ""}`.trim() : String(error);
}
