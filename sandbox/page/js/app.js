// The page as a whole: top bar, one or two panes, and the side panel with the guide and the developers' side.
import { Client } from "./client.js";
import { Developer } from "./developer.js";
import { clear, h, icon, iconButton, patch } from "./dom.js";
import { digits } from "./format.js";
import { Guide } from "./guide.js";
import { Store } from "./store.js";
import { language, setLanguage, t } from "./strings.js";
import { nextTheme, setTheme, theme } from "./theme.js";

const PANEL_KEY = "sandbox.panel";
const THEME_SIGNS = { auto: "half", light: "sun", dark: "moon" };
const WIDE = matchMedia("(min-width: 1100px)");

class App {
  clients = [];
  panel = localStorage.getItem(PANEL_KEY) ?? (WIDE.matches ? "guide" : "");

  constructor(store) {
    this.store = store;
    this.bar = h("header.topbar");
    this.offline = h("p.offline", { role: "alert", hidden: true });
    this.panes = h("div.panes");
    this.side = h("aside.side", { hidden: true, onkeydown: (event) => event.key === "Escape" && this.#close(this.panel) });
    this.guide = new Guide(store, () => this.clients[0]);
    this.developer = new Developer(store);
    this.guide.element.addEventListener("gone", () => !WIDE.matches && this.#show(""));
  }

  begin(root) {
    this.skip = h("button.skip", { type: "button", testid: "skip", onclick: () => this.clients[0].view.focusInput() });
    clear(root, this.skip, this.bar, this.offline, h("div.workspace", {}, this.panes, this.side));
    this.#addPane(readPlace());
    this.store.on("online", ({ online }) => this.#online(online));
    this.store.on("unread", () => this.#title());
    this.store.on("world", () => this.#worldChanged());
    this.store.on("refusals", () => this.#drawBar());
    this.store.on("clock", () => this.draw());
    document.addEventListener("keydown", (event) => this.#key(event));
    this.#learnWorld();
    WIDE.addEventListener("change", () => !WIDE.matches && this.clients.length > 1 && this.#split());
    this.draw();
  }

  /** Another bot, other people: the name over the page and the guide may change. */
  #learnWorld() {
    const { bot, people } = this.store.world;
    const seen = [bot.name, people.length > 0, this.guide.fits()].join("|");
    const changed = seen !== this.seen;
    this.seen = seen;
    return changed;
  }

  #worldChanged() {
    if (this.#learnWorld()) this.draw(false);
  }

  /** Ctrl+F searches in the pane that has the focus. */
  #key(event) {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "f" || document.querySelector("dialog[open]")) return;
    const pane = this.clients.find((client) => client.element.contains(document.activeElement)) ?? this.clients[0];
    if (pane.chat === null) return;
    event.preventDefault();
    pane.view.search.open();
  }

  #addPane(place) {
    const first = this.clients.length === 0;
    const client = new Client(this.store, { place, onmove: (moved) => this.#moved(moved, first) });
    this.clients.push(client);
    this.panes.append(client.element);
    document.body.dataset.panes = this.clients.length;
  }

  #moved(client, first) {
    if (!first) return;
    history.replaceState(null, "", `#/${[client.person, client.chat === client.person ? "bot" : client.chat, client.topic].filter((part) => part !== null).join("/")}`);
    document.body.dataset.view = client.element.dataset.view;
  }

  #split() {
    if (this.clients.length > 1) {
      this.clients.pop().leave();
      document.body.dataset.panes = 1;
    } else {
      const other = this.store.world.people.find((person) => person.id !== this.clients[0].person);
      this.#addPane({ person: other?.id, chat: other?.id });
    }
    this.#drawBar();
  }

  #online(online) {
    this.offline.hidden = online;
    this.offline.textContent = t("offline");
  }

  #title() {
    const unread = this.store.unread.total();
    document.title = (unread ? `(${digits(unread)}) ` : "") + this.#name();
  }

  #name() {
    return t("app", { name: this.store.world.bot.name });
  }

  #show(panel) {
    this.panel = panel;
    localStorage.setItem(PANEL_KEY, panel);
    this.draw(false);
  }

  draw(withPanes = true) {
    this.#title();
    this.skip.textContent = t("skip");
    this.#drawBar();
    this.#drawSide();
    if (withPanes) for (const client of this.clients) client.draw();
  }

  #drawBar() {
    const button = (testid, sign, label, act, props = {}, ...inside) => h("button.tool", { type: "button", testid, title: label, "aria-label": label, onclick: act, ...props }, icon(sign, 18), ...inside);
    const toggle = (panel, sign, mark) => button(`open-${panel}`, sign, t(panel), () => this.#show(this.panel === panel ? "" : panel), { "aria-pressed": String(this.panel === panel) }, h("span", {}, t(panel)), mark);
    const { refusals } = this.developer;
    const refused = refusals > 0 && h("b.badge.refusals", { testid: "refusals", title: t("tab_refused") }, digits(Math.min(refusals, 99)));
    const look = t("theme", { name: t(`theme_${theme()}`) });
    patch(this.bar, h("span.brand", {}, h("span.brand-mark", {}, icon("stall", 20)), h("strong", {}, this.#name())), h("span.grow"),
      this.guide.fits() && toggle("guide", "guide"), toggle("calls", "code", refused),
      button("split", "split", t("side_by_side"), () => this.#split(), { class: "only-wide", "aria-pressed": String(this.clients.length > 1) }),
      button("theme", THEME_SIGNS[theme()], look, () => this.#theme()),
      button("language", "language", t("other_language"), () => this.#language(), { lang: language() === "bn" ? "en" : "bn" }, h("span", {}, language() === "bn" ? "English" : "বাংলা")));
  }

  #theme() {
    setTheme(nextTheme());
    this.#drawBar();
  }

  #language() {
    setLanguage(language() === "bn" ? "en" : "bn");
    this.draw();
  }

  #drawSide() {
    const panel = this.panel === "guide" && !this.guide.fits() ? "" : this.panel;
    this.side.hidden = !panel;
    if (!panel) return clear(this.side);
    const part = panel === "calls" ? this.developer : this.guide;
    this.side.setAttribute("aria-label", t(panel));
    clear(this.side, h("header.side-head", {}, h("strong", {}, t(panel)), iconButton("close", t("close"), () => this.#close(panel), { testid: "close-panel" })), part.element);
    part.update();
  }

  #close(panel) {
    this.#show("");
    this.bar.querySelector(`[data-testid=open-${panel}]`)?.focus();
  }
}

/** #/person/chat/topic, where chat is "bot" for the private chat. */
function readPlace() {
  const [person, chat, topic] = location.hash.replace(/^#\//, "").split("/").filter(Boolean);
  if (!person) return {};
  return { person: Number(person), chat: chat === undefined ? null : chat === "bot" ? Number(person) : Number(chat), topic: topic ? Number(topic) : null };
}

setLanguage(language());
setTheme(theme());
const store = new Store();
await store.begin();
new App(store).begin(document.getElementById("app"));
