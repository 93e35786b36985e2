// The "Try it" panel: five steps of a gig's story, each with a button that takes you there.
import { clear, h, icon } from "./dom.js";
import { digits } from "./format.js";
import { GUIDE } from "./guide_text.js";
import { language } from "./strings.js";

const KEY = "sandbox.guide";
const say = (pair) => pair[language() === "bn" ? 1 : 0];

export class Guide {
  #done = new Set(JSON.parse(localStorage.getItem(KEY) || "[]"));

  constructor(store, client) {
    this.store = store;
    this.client = client;
    this.element = h("div.guide");
  }

  /** The guide tells the story of the demo's people: elsewhere there is none. */
  fits() {
    const names = new Set(GUIDE.steps.map((step) => step.person));
    return [...names].every((name) => this.store.world.people.some((one) => one.name.startsWith(name)));
  }

  update() {
    const current = GUIDE.steps.findIndex((step, index) => !this.#done.has(index));
    clear(this.element, h("p.panel-hint", {}, say(GUIDE.intro)),
      h("ol.steps", {}, GUIDE.steps.map((step, index) => this.#step(step, index, index === current))),
      this.#done.size > 0 && h("button.quiet", { type: "button", onclick: () => this.#mark(new Set()) }, say(GUIDE.again)));
  }

  #step(step, index, current) {
    const done = this.#done.has(index);
    const mark = () => this.#mark(done ? new Set([...this.#done].filter((one) => one !== index)) : new Set([...this.#done, index]));
    return h("li.step", { class: done ? "done" : current ? "current" : "" },
      h("button.step-mark", { type: "button", "aria-pressed": String(done), "aria-label": say(step.title), onclick: mark }, done ? icon("check", 16) : digits(index + 1)),
      h("div.step-text", {}, h("strong", {}, say(step.title)), h("p", {}, say(step.text)),
        h("button.step-go", { type: "button", testid: `guide-${index + 1}`, onclick: () => this.#go(step, index) }, say(step.go), icon("right", 14))));
  }

  #mark(done) {
    this.#done = done;
    localStorage.setItem(KEY, JSON.stringify([...done]));
    this.update();
  }

  /** Going to a step means that those before it are done. */
  #go(step, index) {
    const person = this.store.world.people.find((one) => one.name.startsWith(step.person));
    const client = this.client();
    if (person) client.become(person.id);
    const group = this.store.chatsOf(client.person).find((chat) => chat.member && ["group", "supergroup"].includes(chat.type));
    const topic = group?.topics?.find((one) => step.topic && one.name.includes(step.topic));
    if (step.chat === "group" && group) client.open(group.id, topic?.id ?? null);
    else client.open(client.person);
    this.#mark(new Set([...this.#done, ...Array(index).keys()]));
    this.element.dispatchEvent(new CustomEvent("gone", { bubbles: true }));
  }
}
