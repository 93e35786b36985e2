// Search in the open chat: a box with the number of hits, the newest first, and the found words marked in the text.
import { h, iconButton } from "./dom.js";
import { digits } from "./format.js";
import { t } from "./strings.js";

const BENGALI = "০১২৩৪৫৬৭৮৯";
const MARKS = { found: globalThis.Highlight && new Highlight(), now: globalThis.Highlight && new Highlight() };
if (MARKS.found) {
  MARKS.now.priority = 1;
  CSS.highlights.set("found", MARKS.found);
  CSS.highlights.set("found-now", MARKS.now);
}

/** Lower case, one spelling of composed letters, Western digits; and for each unit where it stood in the text. */
function fold(text) {
  let folded = "";
  const places = [];
  let at = 0;
  for (const letter of text) {
    const plain = BENGALI.includes(letter) ? String(BENGALI.indexOf(letter)) : letter.normalize("NFC").toLowerCase();
    folded += plain;
    for (let unit = 0; unit < plain.length; unit += 1) places.push(at);
    at += letter.length;
  }
  return { folded, places: [...places, at] };
}

function words(message) {
  const { text, media, invoice, poll } = message;
  return [text, media?.name, invoice?.title, invoice?.description, poll?.question, ...(poll?.options ?? []).map((one) => one.text)].filter((one) => typeof one === "string").join("\n");
}

export class Search {
  #hits = []; // message ids, the newest first
  #at = 0;
  #ranges = { found: [], now: [] };

  /** view: the open chat (chatview.js) */
  constructor(view) {
    this.view = view;
    this.input = h("input.search-input", { type: "search", testid: "search-input", autocomplete: "off", enterkeyhint: "search", oninput: () => this.#look(true) });
    this.count = h("span.search-count", { role: "status", testid: "search-count" });
    this.element = h("div.search", { role: "search", hidden: true, testid: "search", onkeydown: (event) => this.#key(event) });
  }

  get isOpen() {
    return !this.element.hidden;
  }

  open() {
    const button = (name, sign, act) => iconButton(sign, t(name), act, { testid: `search-${name}` });
    this.input.placeholder = t("search");
    this.input.setAttribute("aria-label", t("search"));
    this.element.replaceChildren(this.input, this.count, button("older", "up", () => this.#go(1)), button("newer", "down", () => this.#go(-1)), button("close", "close", () => this.close()));
    this.element.hidden = false;
    this.input.focus();
    this.input.select();
    this.#look(true);
  }

  close() {
    if (!this.isOpen) return;
    this.element.hidden = true;
    this.#hits = [];
    this.#mark();
    this.view.composer.focus();
  }

  /** The messages were drawn again. */
  update() {
    if (this.isOpen) this.#look(false);
  }

  #look(fresh) {
    const wanted = fold(this.input.value.trim()).folded;
    const before = this.#hits[this.#at];
    const found = wanted ? this.view.messages().filter((message) => !message.service && fold(words(message)).folded.includes(wanted)) : [];
    this.#hits = found.map((message) => message.id).reverse();
    this.#at = fresh ? 0 : Math.max(0, this.#hits.indexOf(before));
    if (fresh && this.#hits.length) this.view.list.show(this.#hits[0]);
    this.#mark(wanted);
  }

  #go(step) {
    if (!this.#hits.length) return;
    this.#at = (this.#at + step + this.#hits.length) % this.#hits.length;
    this.view.list.show(this.#hits[this.#at]);
    this.#mark(fold(this.input.value.trim()).folded);
  }

  #key(event) {
    const act = { Enter: () => this.#go(event.shiftKey ? -1 : 1), ArrowUp: () => this.#go(1), ArrowDown: () => this.#go(-1), Escape: () => this.close() }[event.key];
    if (!act || (event.key === "Enter" && event.target !== this.input)) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  #mark(wanted = "") {
    const n = this.#hits.length;
    this.count.textContent = !wanted ? "" : n ? t("one_of", { at: digits(this.#at + 1), n: digits(n) }) : t("nothing_found");
    if (!MARKS.found) return;
    for (const [name, ranges] of Object.entries(this.#ranges)) for (const range of ranges) MARKS[name].delete(range);
    this.#ranges = { found: [], now: [] };
    for (const [index, id] of this.#hits.entries()) {
      const name = index === this.#at ? "now" : "found";
      const element = this.view.list.elementOf(id);
      if (element) this.#ranges[name].push(...rangesIn(element, wanted));
    }
    for (const [name, ranges] of Object.entries(this.#ranges)) for (const range of ranges) MARKS[name].add(range);
  }
}

/** Where the wanted words stand in an element, also when they run over bold and plain parts. */
function rangesIn(element, wanted) {
  const nodes = [];
  let text = "";
  for (const box of element.querySelectorAll(".text, .file-name, .invoice strong, .invoice-text, .poll-question, .poll-text, .poll-option")) {
    const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      nodes.push({ node: walker.currentNode, from: text.length });
      text += walker.currentNode.data;
    }
    text += "\n";
  }
  const { folded, places } = fold(text);
  const ranges = [];
  for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + wanted.length)) ranges.push(rangeOf(nodes, places[at], places[at + wanted.length]));
  return ranges;
}

function rangeOf(nodes, from, to) {
  const range = new Range();
  const holder = (place) => nodes.findLast((one) => one.from <= place);
  const [start, end] = [holder(from), holder(to - 1)];
  range.setStart(start.node, from - start.from);
  range.setEnd(end.node, Math.min(to - end.from, end.node.length));
  return range;
}
