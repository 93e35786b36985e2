// What a developer does to the world: scripted faults, the clock, Telegram's rate limits, and starting over.
import { api } from "./api.js";
import { clear, h, icon } from "./dom.js";
import { digits, exactTime } from "./format.js";
import { confirmBox, form, refused } from "./overlays.js";
import { t } from "./strings.js";

const MINUTE = 60_000;
const STEPS = [["minute", MINUTE], ["hour", 60 * MINUTE], ["day", 1440 * MINUTE], ["days_2", 2880 * MINUTE + MINUTE]];
const KINDS = ["429", "400", "403", "500", "lost", "late"];
const LATE_MS = 3000;

export class Disturb {
  #faults = [];
  #flood = false;
  #now = null;

  constructor(store) {
    this.store = store;
    this.element = h("div.disturb");
    store.on("fault", () => this.element.isConnected && this.show());
    store.on("reset", () => this.element.isConnected && this.show());
    store.on("clock", () => this.#tick());
    setInterval(() => this.#tick(), 1000);
  }

  async show() {
    this.update();
    const [faults, flood] = await Promise.all([api.faults().catch(() => []), api.floodState().catch(() => null)]);
    this.#faults = faults;
    if (flood) this.#flood = flood.active;
    this.update();
  }

  update() {
    clear(this.element, this.#clock(), this.#rates(), this.#faultList(), this.#over());
    this.#tick();
  }

  #section(name, ...inside) {
    return h("section.tool-box", { "aria-label": t(name) }, h("h3", {}, t(name)), h("p.panel-hint", {}, t(`${name}_hint`)), inside);
  }

  #clock() {
    this.#now = h("time.clock-now", { testid: "clock" });
    const step = ([name, ms]) => h("button.chip", { type: "button", testid: `clock-${name}`, onclick: () => this.#advance(ms) }, t(`step_${name}`));
    return this.#section("clock", this.#now, h("div.chips", {}, STEPS.map(step)));
  }

  #tick() {
    if (this.#now?.isConnected) this.#now.textContent = exactTime();
  }

  async #advance(ms) {
    await this.#try(() => api.clock({ advance_ms: ms }));
  }

  #rates() {
    const act = () => this.#try(async () => {
      this.#flood = (await api.flood(!this.#flood)).active;
      this.update();
      this.element.querySelector("[role=switch]").focus();
    });
    return this.#section("flood", h("button.switch", { type: "button", role: "switch", "aria-checked": String(this.#flood), testid: "flood", onclick: act }, h("i"), t(this.#flood ? "flood_on" : "flood_off")));
  }

  #faultList() {
    const line = (fault) => h("li.fault", { testid: "fault" }, icon("bolt", 16), h("span.grow", {}, h("code", {}, fault.method), h("small", {}, this.#words(fault))), h("span.times", {}, `×${digits(fault.times)}`));
    return this.#section("faults", this.#faults.length > 0 && h("ol.fault-list", {}, this.#faults.map(line)),
      h("div.chips", {}, h("button.chip", { type: "button", testid: "add-fault", onclick: () => this.#addFault() }, icon("plus", 15), t("add_fault")),
        this.#faults.length > 0 && h("button.chip", { type: "button", testid: "clear-faults", onclick: () => this.#try(async () => { this.#faults = await api.clearFaults(); this.update(); }) }, t("clear"))));
  }

  #words(fault) {
    if (fault.lost) return t("fault_lost");
    if (!fault.code) return `${t("fault_late")}: ${t("ms", { n: digits(fault.delay_ms) })}`;
    return [`${digits(fault.code)} ${fault.description}`, fault.match && `“${fault.match}”`].filter(Boolean).join(" · ");
  }

  async #addFault() {
    const values = await form(t("add_fault"), [
      { name: "method", label: t("fault_method"), value: "sendMessage", required: true },
      { name: "kind", label: t("fault_kind"), options: KINDS.map((kind) => [kind, t(`fault_${kind}`)]), value: "429" },
      { name: "times", label: t("fault_times"), type: "number", value: "1", required: true },
      { name: "match", label: t("fault_match") },
    ], t("add"));
    if (!values) return;
    const { method, kind, match } = values;
    const what = { lost: { lost: true }, late: { delay_ms: LATE_MS }, 429: { code: 429, retry_after: 3 } }[kind] ?? { code: Number(kind) };
    await this.#try(() => api.fault({ method, match: match || null, times: Number(values.times) || 1, ...what }));
    await this.show();
  }

  #over() {
    const act = async () => (await confirmBox(t("reset_sure"), t("reset"), { title: t("reset"), danger: true })) && this.#try(api.reset);
    return this.#section("reset", h("div.chips", {}, h("button.chip.danger", { type: "button", testid: "reset", onclick: act }, icon("trash", 15), t("reset"))));
  }

  async #try(call) {
    try {
      await call();
    } catch (error) {
      refused(error);
    }
  }
}
