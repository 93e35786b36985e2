// Unread counts per person, chat and topic. They live in the browser; the sandbox knows nothing of reading.
const KEY = "sandbox.unread";

export class Unread {
  onchange = () => {};
  #counts = new Map(Object.entries(read()));
  #seen = new Set(); // "reader|chat|message": a message counts once, however often it is fetched

  add(person, chat, topic, message) {
    const once = `${person}|${chat}|${message}`;
    if (this.#seen.has(once)) return;
    this.#seen.add(once);
    const key = name(person, chat, topic);
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    this.#save();
  }

  /** All of a chat, or one topic of it (0 = General). */
  clear(person, chat, topic = undefined) {
    const prefix = `${person}|${chat}|`;
    const keys = topic === undefined ? [...this.#counts.keys()].filter((key) => key.startsWith(prefix)) : [name(person, chat, topic)];
    if (keys.map((key) => this.#counts.delete(key)).some(Boolean)) this.#save();
  }

  topic(person, chat, topic) {
    return this.#counts.get(name(person, chat, topic)) ?? 0;
  }

  chat(person, chat) {
    return this.#sum(`${person}|${chat}|`);
  }

  person(person) {
    return this.#sum(`${person}|`);
  }

  total() {
    return this.#sum("");
  }

  forget() {
    this.#counts.clear();
    this.#seen.clear();
    this.#save();
  }

  #sum(prefix) {
    let sum = 0;
    for (const [key, count] of this.#counts) if (key.startsWith(prefix)) sum += count;
    return sum;
  }

  #save() {
    localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(this.#counts)));
    this.onchange();
  }
}

const name = (person, chat, topic) => `${person}|${chat}|${topic ?? 0}`;

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}
