// One pane: one person's messenger. It can be mounted twice, side by side; the panes share only the store.
import { ChatView } from "./chatview.js";
import { h } from "./dom.js";
import { Sidebar } from "./sidebar.js";

const LOADED = 200; // chats whose messages are asked for before they are opened

export class Client {
  person = null;
  chat = null; // the private chat with the bot has the person's own id
  topic = null; // null = General, or a chat without topics
  #last = new Map(); // person -> {chat, topic}: where they were
  #stops = [];
  #drawing = false;

  constructor(store, { place = {}, onmove = () => {} } = {}) {
    this.store = store;
    this.onmove = onmove;
    this.sidebar = new Sidebar(this);
    this.view = new ChatView(this);
    this.element = h("section.client", { data: { view: "list" } }, h("div.client-inside", {}, this.sidebar.element, this.view.element));
    this.element.addEventListener("keydown", (event) => event.key === "Escape" && this.chat !== null && this.#escape(event));
    this.#follow();
    this.#enter(place);
  }

  /** From a message back to the input, from there back to the list. */
  #escape(event) {
    if (event.target.closest(".flow")) this.view.focusInput();
    else this.close();
  }

  #follow() {
    const { store } = this;
    this.#stops = [
      store.addPane((person, chat, topic) => this.#shows(person, chat, topic)),
      store.on("world", () => this.#worldChanged()),
      store.on("messages", ({ person, chat }) => person === this.person && this.draw(chat === this.chat)),
      store.on("unread", () => this.draw(true)),
      store.on("reset", () => this.#enter({})),
      store.on("action", (event) => this.view.acting(event)),
      store.on("arrived", ({ chat }) => chat === this.chat && this.view.quiet()),
    ];
  }

  leave() {
    for (const stop of this.#stops) stop();
    this.element.remove();
  }

  me() {
    return this.store.person(this.person);
  }

  /** Names what is open, for drafts and the address bar. */
  place() {
    return [this.person, this.chat, this.topic ?? ""].join("|");
  }

  #shows(person, chat, topic) {
    if (person !== this.person || chat !== this.chat || this.element.dataset.view !== "chat") return false;
    return !this.store.chat(chat)?.is_forum || topic === this.topic;
  }

  #enter({ person = null, chat = null, topic = null }) {
    this.person = this.store.person(person) ? person : this.store.world.people[0]?.id ?? null;
    this.chat = this.topic = null;
    this.element.dataset.view = "list";
    this.#loadChats();
    if (chat !== null && this.#knows(chat)) this.open(chat, topic);
    else if (!this.#narrow() && this.person !== null) this.open(this.person);
    else this.#moved();
  }

  #knows(chat) {
    return chat === this.person || Boolean(this.store.chat(chat));
  }

  #narrow() {
    return (this.element.clientWidth || innerWidth) < 760;
  }

  #worldChanged() {
    if (this.person === null || !this.me()) return this.#enter({});
    if (this.chat !== null && !this.#knows(this.chat)) return this.close();
    const chat = this.store.chat(this.chat);
    if (this.topic !== null && !chat?.topics?.some((topic) => topic.id === this.topic)) return this.open(this.chat);
    this.#loadChats();
    this.draw(true);
  }

  #loadChats() {
    if (this.person === null) return;
    for (const chat of this.store.chatsOf(this.person).slice(0, LOADED)) if (chat.member) this.store.open(this.person, chat.id);
  }

  /** Be another person; the chat they had open comes back. */
  become(person) {
    if (person === this.person) return;
    this.#last.set(this.person, { chat: this.chat, topic: this.topic });
    this.person = person;
    const { chat, topic } = this.#last.get(person) ?? { chat: person, topic: null };
    this.chat = this.topic = null;
    this.#loadChats();
    const inList = this.element.dataset.view === "list" && this.#narrow();
    if (inList || chat === null || !this.#knows(chat)) this.#moved();
    else this.open(chat, topic);
  }

  open(chat, topic = null) {
    this.chat = chat;
    this.topic = topic;
    this.element.dataset.view = "chat";
    this.store.open(this.person, chat);
    this.store.unread.clear(this.person, chat, this.store.chat(chat)?.is_forum ? topic : undefined);
    this.#moved();
  }

  /** Back to the list. */
  close() {
    const row = this.chat === this.person ? "chat-bot" : `chat-${this.chat}`;
    this.chat = this.topic = null;
    this.element.dataset.view = "list";
    this.#moved();
    this.element.querySelector(`[data-testid="${CSS.escape(row)}"]`)?.focus({ preventScroll: true });
  }

  #moved() {
    this.sidebar.update();
    this.view.moved();
    this.onmove(this);
  }

  /** Draw again what changed, once per frame. */
  draw(withChat = true) {
    this.redrawChat = this.redrawChat || withChat;
    if (this.#drawing) return;
    this.#drawing = true;
    queueMicrotask(() => {
      this.#drawing = false;
      this.sidebar.update();
      if (this.redrawChat) this.view.update();
      this.redrawChat = false;
    });
  }
}
