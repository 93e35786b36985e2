// The bot's calls as they happen: all of them, what was refused, or what is a mistake though Telegram takes it (lint).
import { api } from "./api.js";
import { clear, h, iconButton } from "./dom.js";
import { asCurl } from "./curl.js";
import { clockExact, digits } from "./format.js";
import { arrows } from "./keys.js";
import { copy } from "./message_menu.js";
import { refused } from "./overlays.js";
import { t } from "./strings.js";

const KEEP = 300;
const PAUSE_MS = 120;
const QUIET = new Set(["getUpdates"]);
const TABS = ["all", "refused", "lint"];

export class Calls {
  #calls = [];
  #lint = [];
  #waiting = false;
  #open = new Set();
  #tab = "all";

  constructor(store) {
    this.store = store;
    this.tabs = arrows(h("div.segments", { role: "tablist" }));
    this.filter = h("input.filter", { type: "search", testid: "calls-filter", list: "methods", oninput: () => this.update() });
    this.methods = h("datalist", { id: "methods" });
    this.hint = h("p.panel-hint");
    this.tools = h("div.calls-tools");
    this.list = h("ol.calls", { testid: "calls", "aria-live": "off" });
    this.element = h("div.calls-panel", {}, this.hint, this.tabs, this.tools, this.methods, this.list);
    store.on("call", (event) => this.#add(event.call ?? event));
    store.on("fault", (event) => this.#add(fault(event.fault ?? event)));
    store.on("reset", () => this.#forget());
    this.#begin();
  }

  async #begin() {
    const answer = await api.calls().catch(() => []);
    const earlier = Array.isArray(answer) ? answer : answer.calls ?? [];
    for (const call of earlier.slice(-KEEP)) this.#add(call);
    await this.#ask();
  }

  #add(call) {
    if (QUIET.has(call.method) && !isRefused(call)) return;
    this.#calls.unshift(call);
    this.#calls.length = Math.min(this.#calls.length, KEEP);
    if (isRefused(call)) this.store.emit("refusals", { n: this.refusals });
    this.#soon();
  }

  #soon() {
    if (this.#waiting || !this.element.isConnected) return;
    this.#waiting = true;
    setTimeout(async () => {
      this.#waiting = false;
      await this.#ask();
      this.update();
    }, PAUSE_MS);
  }

  async #ask() {
    this.#lint = await api.lint().catch(() => this.#lint);
  }

  #forget() {
    this.#calls = [];
    this.#open.clear();
    this.store.emit("refusals", { n: 0 });
    this.update();
  }

  get refusals() {
    return this.#calls.filter(isRefused).length;
  }

  /** Shown again: what lint says may have changed meanwhile. */
  show() {
    this.update();
    this.#ask().then(() => this.update());
  }

  update() {
    const counts = { all: this.#calls.length, refused: this.refusals, lint: this.#lint.length };
    this.hint.textContent = t(this.#tab === "lint" ? "lint_hint" : "calls_hint");
    this.tabs.setAttribute("aria-label", t("calls"));
    const focused = this.tabs.contains(document.activeElement);
    clear(this.tabs, TABS.map((name) => this.#segment(name, counts[name])));
    if (focused) this.tabs.querySelector("[aria-selected=true]").focus();
    this.filter.placeholder = t("filter_method");
    this.filter.setAttribute("aria-label", t("filter_method"));
    if (!this.filter.isConnected) this.tools.append(this.filter, h("button.quiet", { type: "button", testid: "calls-clear", onclick: () => this.#forget() }));
    this.tools.lastElementChild.textContent = t("clear");
    clear(this.methods, [...new Set(this.#calls.map((call) => call.method))].sort().map((value) => h("option", { value })));
    this.#draw();
  }

  #segment(name, n) {
    const selected = name === this.#tab;
    const act = () => {
      this.#tab = name;
      this.update();
    };
    return h("button.segment", { type: "button", role: "tab", "aria-selected": String(selected), testid: `calls-${name}`, class: n && name !== "all" ? `some-${name}` : "", onclick: act }, t(`tab_${name}`), h("small", {}, digits(n)));
  }

  #draw() {
    const wanted = this.filter.value.trim().toLowerCase();
    const fits = (one) => (one.method ?? "").toLowerCase().includes(wanted);
    if (this.#tab === "lint") return this.#fill(this.#lint.filter(fits).reverse().map(finding), "lint_empty");
    const calls = this.#tab === "refused" ? this.#calls.filter(isRefused) : this.#calls;
    return this.#fill(calls.filter(fits).map((call) => this.#line(call)), this.#tab === "refused" ? "refused_empty" : "calls_empty");
  }

  #fill(lines, empty) {
    clear(this.list, lines.length ? lines : h("li.panel-hint", {}, t(empty)));
  }

  #line(call) {
    const bad = isRefused(call);
    const details = h("details", { class: bad ? "refused" : "", testid: "call" },
      h("summary", {}, h("i.call-dot"), h("code", {}, call.method), call.at_ms && h("time", {}, clockExact(call.at_ms)), h("span.call-ms", {}, Number.isFinite(call.ms) ? t("ms", { n: digits(Math.round(call.ms)) }) : ""),
        bad && h("span.call-error", { testid: "call-error" }, errorText(call))));
    const unfold = () => {
      if (details.childElementCount > 1) return;
      const line = iconButton("copy", t("copy_curl"), () => copy(asCurl(call)).catch(refused), { testid: "copy-curl" });
      details.append(h("div.call-body", {}, h("pre", {}, json(call.params ?? {})), call.method.startsWith("fault:") ? null : line));
    };
    if (this.#open.has(call)) unfold();
    details.open = this.#open.has(call);
    details.addEventListener("toggle", () => {
      if (details.open) unfold();
      details.open ? this.#open.add(call) : this.#open.delete(call);
    });
    return h("li", {}, details);
  }
}

const fault = (one) => ({ method: `fault: ${one.method ?? ""}`, ok: false, error: one.description || String(one.code), params: one });
const isRefused = (call) => call.ok === false || Boolean(call.error);
const finding = (one) => h("li.finding", { testid: "finding" }, h("strong", {}, one.kind), one.method && h("code", {}, one.method), h("span", {}, one.detail));

function errorText(call) {
  const error = call.error ?? call.description ?? "";
  return typeof error === "object" ? `${error.code ?? error.error_code ?? ""} ${error.description ?? ""}`.trim() : String(error);
}

const TOKENS = /("(?:\\.|[^"\\])*")(\s*:)?|\b(true|false|null)\b|-?\d+(?:\.\d+)?/g;

/** JSON with its keys, texts and numbers in colours of their own. */
function json(value) {
  const text = JSON.stringify(value, null, 2);
  const nodes = [];
  let at = 0;
  for (const found of text.matchAll(TOKENS)) {
    const kind = found[2] ? "key" : found[1] ? "text" : found[3] ? "word" : "number";
    nodes.push(text.slice(at, found.index), h(`span.json-${kind}`, {}, found[1] ?? found[0]), found[2] ?? "");
    at = found.index + found[0].length;
  }
  return [...nodes, text.slice(at)];
}
