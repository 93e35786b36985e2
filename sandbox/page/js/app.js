// The page as a whole: top bar, one or two panes, and the side panel with the guide and the bot's calls.
import { Calls } from "./calls.js";
import { Client } from "./client.js";
import { clear, h, icon, iconButton } from "./dom.js";
import { digits } from "./format.js";
import { Guide } from "./guide.js";
import { Store } from "./store.js";
import { language, setLanguage, t } from "./strings.js";

const PANEL_KEY = "gighaat.panel";
const WIDE = matchMedia("(min-width: 1100px)");

class App {
  clients = [];
  panel = localStorage.getItem(PANEL_KEY) ?? (WIDE.matches ? "guide" : "");

  constructor(store) {
    this.store = store;
    this.bar = h("header.topbar");
    this.offline = h("p.offline", { role: "alert", hidden: true });
    this.panes = h("div.panes");
    this.side = h("aside.side", { hidden: true });
    this.guide = new Guide(store, () => this.clients[0]);
    this.calls = new Calls(store);
    this.guide.element.addEventListener("gone", () => !WIDE.matches && this.#show(""));
  }

  begin(root) {
    clear(root, this.bar, this.offline, h("div.workspace", {}, this.panes, this.side));
    this.#addPane(readPlace());
    this.store.on("online", ({ online }) => this.#online(online));
    this.store.on("unread", () => this.#title());
    WIDE.addEventListener("change", () => !WIDE.matches && this.clients.length > 1 && this.#split());
    this.draw();
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
    document.title = (unread ? `(${digits(unread)}) ` : "") + t("app");
  }

  #show(panel) {
    this.panel = panel;
    localStorage.setItem(PANEL_KEY, panel);
    this.draw(false);
  }

  draw(withPanes = true) {
    this.#title();
    this.#drawBar();
    this.#drawSide();
    if (withPanes) for (const client of this.clients) client.draw();
  }

  #drawBar() {
    const toggle = (panel, sign) => h("button.tool", { type: "button", testid: `open-${panel}`, "aria-pressed": String(this.panel === panel), onclick: () => this.#show(this.panel === panel ? "" : panel) }, icon(sign, 18), h("span", {}, t(panel)));
    const split = h("button.tool.only-wide", { type: "button", testid: "split", "aria-pressed": String(this.clients.length > 1), title: t("side_by_side"), "aria-label": t("side_by_side"), onclick: () => this.#split() }, icon("split", 18));
    const other = h("button.tool", { type: "button", testid: "language", lang: language() === "bn" ? "en" : "bn", title: t("other_language"), "aria-label": t("other_language"), onclick: () => this.#language() }, icon("language", 18), h("span", {}, language() === "bn" ? "English" : "বাংলা"));
    clear(this.bar, h("span.brand", {}, h("span.brand-mark", {}, icon("stall", 20)), h("strong", {}, t("app"))), h("span.grow"), toggle("guide", "guide"), toggle("calls", "code"), split, other);
  }

  #language() {
    setLanguage(language() === "bn" ? "en" : "bn");
    this.draw();
  }

  #drawSide() {
    this.side.hidden = !this.panel;
    if (!this.panel) return clear(this.side);
    const part = this.panel === "calls" ? this.calls : this.guide;
    this.side.setAttribute("aria-label", t(this.panel));
    clear(this.side, h("header.side-head", {}, h("strong", {}, t(this.panel)), iconButton("close", t("close"), () => this.#show(""))), part.element);
    part.update();
  }
}

/** #/person/chat/topic, where chat is "bot" for the private chat. */
function readPlace() {
  const [person, chat, topic] = location.hash.replace(/^#\//, "").split("/").filter(Boolean);
  if (!person) return {};
  return { person: Number(person), chat: chat === undefined ? null : chat === "bot" ? Number(person) : Number(chat), topic: topic ? Number(topic) : null };
}

setLanguage(language());
const store = new Store();
await store.begin();
new App(store).begin(document.getElementById("app"));
