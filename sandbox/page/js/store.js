// What the page knows: the world, the transcripts people have opened, and the events that change them.
// Parts of the page listen to "world", "messages", "unread", "action", "call", "online" and "reset".
import { api } from "./api.js";
import { setOffset } from "./format.js";
import { Unread } from "./unread.js";

const SETTLE_MS = 25; // events come in bursts; one request answers a burst
const CHANGES = new Set(["edit", "delete", "pin", "reaction", "poll"]); // of a message that is there already
const WORLD_EVENTS = new Set(["person", "chat", "topic", "member", "stars"]);

export class Store extends EventTarget {
  world = { bot: { id: 0, name: "Bot", username: "" }, people: [], chats: [] };
  unread = new Unread();
  #transcripts = new Map(); // "person|chat" -> {messages, loaded, error}
  #pending = new Map(); // "person|chat" -> the smallest message id to ask for again (0 = all)
  #asking = new Set(); // "person|chat" while a request is under way: answers that overtake each other would undo edits
  #live = new Map(); // chat -> the first message id that came as an event: only those count as unread
  #panes = new Set();
  #worldTimer = null;

  async begin() {
    this.unread.onchange = () => this.emit("unread");
    await Promise.all([this.reload(), api.time().then(({ offset_ms }) => setOffset(offset_ms), () => {})]);
    this.#listen();
  }

  emit(kind, detail = {}) {
    this.dispatchEvent(new CustomEvent(kind, { detail }));
  }

  /** Listen; the answer is a function that stops listening. */
  on(kind, handler) {
    const listener = (event) => handler(event.detail);
    this.addEventListener(kind, listener);
    return () => this.removeEventListener(kind, listener);
  }

  /** A pane says what it shows, so that messages seen there are not counted as unread. */
  addPane(shows) {
    this.#panes.add(shows);
    return () => this.#panes.delete(shows);
  }

  person(id) {
    return this.world.people.find((person) => person.id === id) ?? null;
  }

  chat(id) {
    return this.world.chats.find((chat) => chat.id === id) ?? null;
  }

  /** The chats a person may see: the bot, their groups and channels, then public ones to join. */
  chatsOf(personId) {
    const bot = { id: personId, type: "private", title: this.world.bot.name, username: this.world.bot.username, member: true };
    const rest = this.world.chats.map((chat) => ({ ...chat, member: isMember(chat, personId) }));
    const visible = rest.filter((chat) => chat.member || chat.username);
    return [bot, ...visible.sort((a, b) => Number(b.member) - Number(a.member))];
  }

  transcript(person, chat) {
    return this.#transcripts.get(`${person}|${chat}`) ?? { messages: [], loaded: false, error: null };
  }

  /** Ask for a transcript unless it is here already. */
  open(person, chat) {
    if (!this.maySee(person, chat) || this.#transcripts.get(`${person}|${chat}`)?.loaded) return;
    this.#schedule(person, chat, 0);
  }

  maySee(person, chat) {
    return chat === person || isMember(this.chat(chat) ?? {}, person);
  }

  refresh(person, chat) {
    this.#schedule(person, chat, 0);
  }

  refreshWorld() {
    clearTimeout(this.#worldTimer);
    this.#worldTimer = setTimeout(() => this.reload(), SETTLE_MS);
  }

  async reload() {
    try {
      this.world = await api.world();
      this.emit("world");
    } catch {
      this.emit("online", { online: false });
    }
  }

  #readers(chatId) {
    if (this.person(chatId)) return [chatId];
    const chat = this.chat(chatId);
    return (chat?.members ?? []).filter((id) => this.person(id));
  }

  #schedule(person, chat, from) {
    const key = `${person}|${chat}`;
    const waiting = this.#pending.has(key);
    this.#pending.set(key, Math.min(from, this.#pending.get(key) ?? from));
    if (!waiting) setTimeout(() => this.#fetch(person, chat), SETTLE_MS);
  }

  async #fetch(person, chat) {
    const key = `${person}|${chat}`;
    if (this.#asking.has(key)) return; // what is pending is asked for when the answer has come
    const from = this.#pending.get(key) ?? 0;
    this.#pending.delete(key);
    this.#asking.add(key);
    const known = this.#transcripts.get(key);
    const partial = known?.loaded && from > 0;
    try {
      const answer = await api.transcript({ person, chat, after: partial ? from - 1 : null });
      const fresh = Array.isArray(answer) ? answer : answer.messages;
      const messages = partial ? merge(known.messages, fresh) : fresh;
      this.#transcripts.set(key, { messages, loaded: true, error: null });
      this.#count(chat, fresh);
    } catch (refusal) {
      this.#transcripts.set(key, { messages: known?.messages ?? [], loaded: false, error: refusal.message });
    }
    this.#asking.delete(key);
    if (this.#pending.has(key)) setTimeout(() => this.#fetch(person, chat), SETTLE_MS);
    this.emit("messages", { person, chat });
  }

  #count(chat, fresh) {
    const since = this.#live.get(chat);
    if (since === undefined) return;
    for (const message of fresh) {
      if (message.id < since) continue;
      for (const reader of this.#readers(chat)) {
        if (message.from?.id === reader || this.#shown(reader, chat, message.topic)) continue;
        this.unread.add(reader, chat, message.topic, message.id);
      }
    }
  }

  #shown(person, chat, topic) {
    return [...this.#panes].some((shows) => shows(person, chat, topic ?? null));
  }

  #listen() {
    const source = new EventSource("/control/events");
    let lost = false;
    source.onopen = () => {
      this.emit("online", { online: true });
      if (lost) this.#again();
      lost = false;
    };
    source.onerror = () => {
      lost = true;
      this.emit("online", { online: false });
      if (source.readyState === EventSource.CLOSED) setTimeout(() => this.#listen(), 2000);
    };
    source.onmessage = (event) => this.#happened(JSON.parse(event.data));
  }

  /** After a lost connection nothing is certain: ask for everything that is on the page again. */
  #again() {
    this.refreshWorld();
    for (const key of this.#transcripts.keys()) {
      const [person, chat] = key.split("|").map(Number);
      this.#schedule(person, chat, 0);
    }
  }

  #happened(event) {
    if (event.kind === "message") this.#arrived(event);
    else if (CHANGES.has(event.kind)) this.#changed(event);
    else if (event.kind === "reset") this.#reset();
    else if (event.kind === "clock") this.#moveClock(event);
    else if (event.kind === "action" || event.kind === "call" || event.kind === "fault") this.emit(event.kind, event);
    if (WORLD_EVENTS.has(event.kind)) this.refreshWorld();
    if (event.kind === "stars") this.#changed({ chat: event.chat ?? event.person });
  }

  #moveClock({ offset_ms }) {
    setOffset(offset_ms);
    this.emit("clock");
  }

  #arrived(event) {
    const id = messageId(event);
    if (!this.person(event.chat) && !this.chat(event.chat)) this.refreshWorld();
    if (this.person(event.chat)?.started === false) this.refreshWorld();
    this.#live.set(event.chat, Math.min(this.#live.get(event.chat) ?? Infinity, id || Infinity));
    const readers = this.#readers(event.chat);
    const opened = readers.filter((reader) => this.#transcripts.has(`${reader}|${event.chat}`));
    for (const reader of opened.length ? opened : readers.slice(0, 1)) this.#schedule(reader, event.chat, id);
    this.emit("arrived", event);
  }

  #changed(event) {
    const id = ["edit", "reaction", "poll"].includes(event.kind) ? messageId(event) : 0;
    for (const key of this.#transcripts.keys()) {
      const [person, chat] = key.split("|").map(Number);
      if (chat === event.chat) this.#schedule(person, chat, id);
    }
  }

  #reset() {
    this.#transcripts.clear();
    this.#live.clear();
    this.unread.forget();
    this.refreshWorld();
    this.emit("reset");
  }
}

const messageId = (event) => (typeof event.message === "object" ? event.message?.id : event.message) ?? 0;
const isMember = (chat, person) => (chat.members ?? []).includes(person) || (chat.admins ?? []).includes(person);

/** The fresh messages replace those with the same ids, in the order of ids. */
function merge(known, fresh) {
  const byId = new Map(known.map((message) => [message.id, message]));
  for (const message of fresh) byId.set(message.id, message);
  return [...byId.values()].sort((a, b) => a.id - b.id);
}
