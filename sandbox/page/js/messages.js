// The list of messages of an open chat: grouping, dates, keyed redrawing, and where it is scrolled to.
import { renderGroup } from "./bubble.js";
import { h, icon } from "./dom.js";
import { day, digits, sameDay } from "./format.js";
import { Roving } from "./roving.js";
import { language, t } from "./strings.js";

const TOGETHER_S = 300; // messages of one sender within five minutes stand together
const NEAR_PX = 90;
const DATE_MS = 1500; // how long the date stays over the text when one has stopped scrolling

export class MessageList {
  #items = new Map(); // key -> {element, signature}
  #places = new Map(); // message id -> element, which those of an album share
  #newest = 0;
  #below = 0;
  #top = 0;
  #height = 0;
  #moving = null;

  constructor(room) {
    this.room = room;
    this.flow = h("div.flow", { role: "log", "aria-live": "polite" });
    this.scroller = h("div.scroller", { tabindex: "-1", onscroll: () => this.#scrolled() }, this.flow);
    this.roving = new Roving(this.flow, (article) => article.openMenu());
    this.count = h("span.badge");
    this.jump = h("button.to-bottom", { type: "button", hidden: true, testid: "to-bottom", onclick: () => this.toBottom(true) }, this.count, icon("down", 22));
    this.element = h("div.messages", {}, this.scroller, this.jump);
    this.flow.addEventListener("load", () => this.#stick(), true); // pictures that grow keep the end in view
    const watch = new ResizeObserver(() => this.#stick());
    watch.observe(this.scroller);
    watch.observe(this.flow);
    this.stuck = true;
  }

  /** Start over for another chat; the next update goes to the end. */
  reset() {
    this.#items.clear();
    this.flow.replaceChildren();
    this.#newest = 0;
    this.#below = 0;
    this.stuck = true;
  }

  update(messages, me, empty) {
    const fresh = messages.filter((message) => message.id > this.#newest);
    const mine = fresh.some((message) => message.from?.id === me);
    const first = this.#newest === 0;
    this.#draw(this.#plan(messages, me), empty);
    if (fresh.length) this.#newest = messages.at(-1).id;
    if (first || mine) this.stuck = true;
    if (!this.stuck && !first) this.#below += fresh.length;
    this.#stick();
    this.#showJump();
  }

  #plan(messages, me) {
    const groups = grouped(messages);
    const plan = [];
    groups.forEach((group, index) => {
      const [message] = group;
      const before = groups[index - 1]?.[0];
      const after = groups[index + 1]?.[0];
      if (!before || !sameDay(before.date, message.date)) plan.push({ key: `day-${new Date(message.date * 1000).toDateString()}`, day: message.date });
      const own = message.from?.id === me;
      const first = !together(before, message);
      const faces = !this.room.private && !this.room.channel;
      plan.push({ key: `m${message.id}`, messages: group, own, first, last: !together(message, after), faces, showName: faces && !own && first });
    });
    return plan;
  }

  #draw(plan, empty) {
    const next = new Map();
    const focused = this.roving.remember();
    const days = []; // each day is a section, so that its date can stay at the top while it is read
    for (const item of plan) {
      const signature = this.#signature(item);
      const known = this.#items.get(item.key);
      const element = known?.signature === signature ? known.element : make(item, this.room);
      next.set(item.key, { element, signature });
      element.classList.toggle("tail", Boolean(item.last)); // kept out of the signature: a newer message must not redraw the one before
      if (item.day) days.push({ element, inside: [] });
      else days.at(-1).inside.push(element);
    }
    this.#items = next;
    this.#places = new Map(plan.flatMap((item) => (item.messages ?? []).map((one) => [one.id, next.get(item.key).element])));
    for (const day of days) sync(day.element, [day.element.firstElementChild, ...day.inside]);
    sync(this.flow, days.length ? days.map((day) => day.element) : [empty].filter(Boolean));
    this.roving.settle(focused);
  }

  #signature(item) {
    if (item.day) return day(item.day) + language();
    const invoice = item.messages[0].invoice;
    const answered = item.messages[0].reply_to;
    const quote = answered && this.room.find(answered);
    return JSON.stringify([{ ...item, last: null }, language(), invoice && this.room.me()?.stars, quote?.text]);
  }

  elementOf(id) {
    return this.#places.get(id) ?? null;
  }

  /** Scroll to a message and make it flash. */
  show(id) {
    const element = this.elementOf(id);
    if (!element) return;
    this.stuck = false;
    element.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth" });
    element.classList.remove("flash");
    requestAnimationFrame(() => element.classList.add("flash"));
  }

  toBottom(smooth = false) {
    this.stuck = true;
    this.scroller.scrollTo({ top: this.scroller.scrollHeight, behavior: smooth ? "smooth" : "instant" });
  }

  #stick() {
    if (this.stuck) this.toBottom();
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    const near = scrollHeight - scrollTop - clientHeight < NEAR_PX;
    const up = scrollTop < this.#top && scrollHeight === this.#height;
    if (near) this.stuck = true;
    else if (up) this.stuck = false; // only a person scrolls up; growing content does not
    [this.#top, this.#height] = [scrollTop, scrollHeight];
    this.#showDates();
    if (this.stuck) this.#below = 0;
    this.#showJump();
  }

  /** A date that lies over the text is seen while one scrolls through the past. */
  #showDates() {
    const edge = this.scroller.getBoundingClientRect().top;
    for (const day of this.flow.children) day.firstElementChild?.classList.toggle("stuck", day.getBoundingClientRect().top < edge - 4);
    clearTimeout(this.#moving);
    this.scroller.classList.toggle("moving", !this.stuck);
    this.#moving = setTimeout(() => this.scroller.classList.remove("moving"), DATE_MS);
  }

  #showJump() {
    this.jump.hidden = this.stuck;
    this.jump.setAttribute("aria-label", this.#below ? t("new_messages", { n: digits(this.#below) }) : t("to_bottom"));
    this.count.hidden = !this.#below;
    this.count.textContent = digits(this.#below);
  }
}

function make(item, room) {
  if (item.day) return h("section.day", {}, h("div.pill-row.date", {}, h("span.pill", {}, day(item.day))));
  return renderGroup(item, room);
}

/** Messages of one album are one group. */
function grouped(messages) {
  const groups = [];
  for (const message of messages) {
    const last = groups.at(-1);
    if (message.album && last?.[0].album === message.album && last[0].from?.id === message.from?.id) last.push(message);
    else groups.push([message]);
  }
  return groups;
}

function together(a, b) {
  if (!a || !b || a.service || b.service || a.payment || b.payment) return false;
  return a.from?.id === b.from?.id && b.date - a.date < TOGETHER_S && sameDay(a.date, b.date);
}

/** Make the children of an element those of the list, moving as little as possible. */
function sync(parent, wanted) {
  const keep = new Set(wanted);
  for (const child of [...parent.children]) if (!keep.has(child)) child.remove();
  wanted.forEach((child, index) => {
    if (parent.children[index] !== child) parent.insertBefore(child, parent.children[index] ?? null);
  });
}
