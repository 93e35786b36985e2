// An open chat: header, topic tabs, pinned bar, messages and composer.
import { api } from "./api.js";
import { avatar, clear, h, hue, icon, iconButton, patch } from "./dom.js";
import { Composer } from "./composer.js";
import { digits } from "./format.js";
import { ChatHeader } from "./header.js";
import { arrows } from "./keys.js";
import { fileName, summary } from "./media.js";
import { MessageMenu } from "./message_menu.js";
import { MessageList } from "./messages.js";
import { form, refused } from "./overlays.js";
import { Presses } from "./press.js";
import { Search } from "./search.js";
import { language, t } from "./strings.js";
import { viewer } from "./viewer.js";

export class ChatView {
  #about = "";
  #pin = 0; // which of the pinned messages the bar shows, counted from the newest

  /** client: the pane; it holds person, chat, topic and moves between them. */
  constructor(client) {
    this.client = client;
    this.store = client.store;
    this.presses = new Presses(this);
    this.menu = new MessageMenu(this);
    this.room = this.#room();
    this.list = new MessageList(this.room);
    this.composer = new Composer({
      person: () => client.person, chat: () => client.chat, topic: () => client.topic, me: () => client.me(),
      bot: () => this.store.world.bot, messages: () => this.messages(), find: (id) => this.room.find(id),
      store: this.store, start: (parameter) => this.presses.startBot(parameter), up: () => this.focusMessages(),
    });
    this.search = new Search(this);
    this.header = new ChatHeader(this);
    this.tabs = arrows(h("div.topics", { hidden: true }));
    this.pinned = h("div.pinned", { hidden: true });
    this.drop = h("div.drop", { hidden: true });
    this.body = h("div.chat-body", {}, this.header.element, this.search.element, this.tabs, this.pinned, this.list.element, this.composer.element, this.drop);
    this.nothing = h("div.nothing");
    this.element = h("main.chat", { tabindex: "-1" }, this.body, this.nothing);
    this.#acceptDrops();
  }

  #room() {
    const { client, store, presses, menu } = this;
    return {
      me: () => client.me(),
      name: (id) => (typeof id === "string" ? id : store.person(id)?.name ?? null),
      find: (id) => store.transcript(client.person, client.chat).messages.find((message) => message.id === id) ?? null,
      act: {
        press: (message, button, element) => presses.press(message, button, element),
        menu: (message, at) => menu.open(message, at),
        reactions: (message, at) => menu.reactions(message, at),
        react: (message, emoji) => menu.react(message, emoji),
        vote: (message, options) => menu.vote(message, options),
        jump: (id) => this.list.show(id),
        show: (url) => this.#show(url),
        command: (text) => this.composer.say(text),
        link: (url) => presses.link(url),
        mention: (name) => name.toLowerCase() === store.world.bot.username?.toLowerCase() && client.open(client.person),
      },
    };
  }

  /** The messages shown: those of the open topic, in a forum. */
  messages() {
    const { messages } = this.store.transcript(this.client.person, this.client.chat);
    if (!this.store.chat(this.client.chat)?.is_forum) return messages;
    return messages.filter((message) => (message.topic ?? null) === this.client.topic);
  }

  /** What the bot says of itself, for a chat with no message yet. */
  async #learnAbout() {
    const { person } = this.client;
    const about = await api.about(person).catch(() => null);
    this.#about = about?.description ?? "";
    if (this.#about && person === this.client.person) this.update();
  }

  /** Another person, chat or topic is shown. */
  moved() {
    this.list.reset();
    this.search.close();
    this.#about = "";
    this.#pin = 0;
    if (this.client.chat !== null && this.client.chat === this.client.person && this.client.me()?.started === false) this.#learnAbout();
    this.update();
    this.composer.focus();
  }

  update() {
    const { client, store } = this;
    const open = client.chat !== null && client.me();
    this.body.hidden = !open;
    this.nothing.hidden = Boolean(open);
    if (!open) return clear(this.nothing, h("span.nothing-icon", {}, icon("stall", 40)), h("p", {}, t("pick_chat")), h("small", {}, t("pick_chat_hint")));
    const chat = store.chat(client.chat);
    this.room.private = !chat;
    this.room.channel = chat?.type === "channel";
    this.element.setAttribute("aria-label", chat?.title ?? store.world.bot.name);
    this.header.update(chat);
    this.#drawTabs(chat);
    this.#drawPinned();
    const { loaded, error } = store.transcript(client.person, client.chat);
    this.list.update(this.messages(), client.person, (loaded || error || !store.maySee(client.person, client.chat)) && this.#empty(chat, error));
    this.search.update();
    this.composer.update({ place: client.place(), bar: this.#bar(chat, loaded), isPrivate: !chat, placeholder: this.#placeholder(chat) });
  }

  #placeholder(chat) {
    const topic = chat?.topics?.find((one) => one.id === this.client.topic);
    return topic ? t("message_in", { topic: topic.name }) : t("message");
  }

  /** What stands instead of the input: START, JOIN, or why one cannot write. */
  #bar(chat, loaded) {
    const me = this.client.me();
    const { person } = this.client;
    if (!chat) {
      if (me.blocked) return { text: t("restart"), testid: "start", act: () => this.#restart() };
      const fresh = me.started === undefined ? loaded && !this.messages().length : !me.started;
      return fresh ? { text: t("start"), testid: "start", act: () => this.composer.say("/start") } : null;
    }
    if (!this.store.maySee(person, chat.id)) return { text: t("join"), testid: "join", act: () => this.header.member("join") };
    const admin = chat.admins?.includes(person);
    if (chat.type === "channel" && !admin) return { text: t("only_admins") };
    const topic = chat.topics?.find((one) => one.id === this.client.topic);
    return topic?.closed && !admin ? { text: t("topic_closed") } : null;
  }

  async #restart() {
    await this.header.member("unblock");
    await this.composer.say("/start");
  }

  #empty(chat, error) {
    if (!chat) return h("div.empty", {}, avatar("", 0, { size: "xl", sign: "stall" }), h("strong", {}, t("empty_bot")), h("p", { lang: this.#about ? null : language() }, this.#about || t("empty_bot_hint")));
    const member = this.store.maySee(this.client.person, chat.id);
    return h("div.empty", {}, avatar(chat.title, chat.id, { size: "xl" }), h("strong", {}, chat.title), h("p", {}, member && error ? error : t(member ? "empty_chat" : "not_member")));
  }

  acting(event) {
    this.header.acting(event);
  }

  quiet() {
    this.header.quiet();
  }

  /** Where one writes, or what stands there instead. */
  focusInput() {
    const { box, input, instead } = this.composer;
    (box.hidden ? instead.querySelector("button") ?? this.element : input).focus();
  }

  /** From the input up to the newest message. */
  focusMessages() {
    this.list.roving.focusLast();
  }

  #drawTabs(chat) {
    this.tabs.hidden = !chat?.is_forum;
    if (this.tabs.hidden) return;
    const list = h("div.topic-list", { role: "tablist", "aria-label": t("topics") });
    const topics = [{ id: null, name: t("general") }, ...(chat.topics ?? []).filter((topic) => topic.id !== null && !topic.is_general)];
    list.append(...topics.map((topic) => this.#tab(topic)));
    patch(this.tabs, list, iconButton("plus", t("new_topic"), () => this.#newTopic(this.store.chat(this.client.chat)), { class: "topic-add" }));
    this.tabs.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  #tab(topic) {
    const { client, store } = this;
    const selected = topic.id === client.topic;
    const unread = store.unread.topic(client.person, client.chat, topic.id);
    const colour = topic.icon_color ? { background: `#${Number(topic.icon_color).toString(16).padStart(6, "0")}` } : {};
    const tab = h("button.topic", { type: "button", role: "tab", "aria-selected": String(selected), testid: topic.id === null ? "topic-general" : `topic-${topic.id}`, onclick: () => client.open(client.chat, topic.id) },
      topic.id !== null && h("i.topic-dot", { class: `hue-${hue(topic.id)}`, style: colour }), topic.name, topic.closed && icon("lock", 13), unread > 0 && h("span.badge", {}, digits(unread)));
    return tab;
  }

  async #newTopic(chat) {
    const values = await form(t("new_topic"), [{ name: "name", label: t("topic_name"), required: true }], t("add"));
    if (!values?.name) return;
    try {
      const topic = await api.topic({ person: this.client.person, chat: chat.id, name: values.name });
      this.store.refreshWorld();
      if (topic?.id) this.client.open(chat.id, topic.id);
    } catch (error) {
      refused(error);
    }
  }

  /** Pressing goes to the message shown and then to the one before it, as in Telegram. */
  #drawPinned() {
    const pinned = this.messages().filter((one) => one.pinned).reverse();
    this.pinned.hidden = !pinned.length;
    if (!pinned.length) return;
    this.#pin %= pinned.length;
    const message = pinned[this.#pin];
    const go = () => {
      this.list.show(message.id);
      this.#pin += 1;
      this.#drawPinned();
    };
    const title = pinned.length > 1 ? t("pinned_n", { n: digits(pinned.length - this.#pin) }) : t("pinned");
    patch(this.pinned, h("button", { testid: "pinned", type: "button", onclick: () => this.pinned.go() }, icon("pin", 18), h("span.strip-text", {}, h("strong", {}, title), h("span", {}, summary(message)))));
    this.pinned.go = go;
  }

  #show(url) {
    const pictures = this.messages().filter((message) => message.media?.kind === "photo").map((message) => ({ url: message.media.url, name: fileName(message.media), caption: message.text }));
    viewer(pictures, Math.max(0, pictures.findIndex((picture) => picture.url === url)));
  }

  #acceptDrops() {
    let depth = 0;
    const show = (on) => {
      this.drop.hidden = !on;
      this.drop.textContent = t("drop");
    };
    const possible = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files") && !this.composer.box.hidden;
    this.body.addEventListener("dragenter", (event) => possible(event) && (event.preventDefault(), show(++depth > 0)));
    this.body.addEventListener("dragover", (event) => possible(event) && event.preventDefault());
    this.body.addEventListener("dragleave", (event) => possible(event) && show(--depth > 0));
    this.body.addEventListener("drop", (event) => {
      if (!possible(event)) return;
      event.preventDefault();
      depth = 0;
      show(false);
      this.composer.tray.add([...event.dataTransfer.files]);
    });
  }
}
