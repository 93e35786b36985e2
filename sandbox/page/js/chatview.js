// An open chat: header, topic tabs, pinned bar, messages and composer.
import { api } from "./api.js";
import { avatar, clear, h, hue, icon, iconButton, patch } from "./dom.js";
import { Composer } from "./composer.js";
import { digits } from "./format.js";
import { summary } from "./media.js";
import { MessageList } from "./messages.js";
import { choose, confirmBox, dialog, form, menuAt, refused, viewer } from "./overlays.js";
import { Presses } from "./press.js";
import { language, t } from "./strings.js";

const TYPING_MS = 5500;
const ACTIONS = { upload_photo: "sending_photo", upload_document: "sending_file", typing: "typing" };

export class ChatView {
  #action = null; // {chat, topic, text, until}
  #actionTimer = null;
  #about = "";

  /** client: the pane; it holds person, chat, topic and moves between them. */
  constructor(client) {
    this.client = client;
    this.store = client.store;
    this.room = this.#room();
    this.list = new MessageList(this.room);
    this.composer = new Composer({
      person: () => client.person, chat: () => client.chat, topic: () => client.topic, me: () => client.me(),
      bot: () => this.store.world.bot, messages: () => this.messages(), find: (id) => this.room.find(id),
    });
    this.header = h("header.chat-header");
    this.tabs = h("div.topics", { role: "tablist", hidden: true });
    this.pinned = h("div.pinned", { hidden: true });
    this.drop = h("div.drop", { hidden: true });
    this.body = h("div.chat-body", {}, this.header, this.tabs, this.pinned, this.list.element, this.composer.element, this.drop);
    this.nothing = h("div.nothing");
    this.element = h("main.chat", {}, this.body, this.nothing);
    this.#acceptDrops();
  }

  #room() {
    const { client, store } = this;
    const presses = new Presses(this);
    return {
      me: () => client.me(),
      name: (id) => (typeof id === "string" ? id : store.person(id)?.name ?? null),
      find: (id) => store.transcript(client.person, client.chat).messages.find((message) => message.id === id) ?? null,
      act: {
        press: (message, button, element) => presses.press(message, button, element),
        menu: (message, at) => presses.menu(message, at),
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
    this.#about = "";
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
    this.#drawHeader(chat);
    this.#drawTabs(chat);
    this.#drawPinned();
    const { loaded, error } = store.transcript(client.person, client.chat);
    this.list.update(this.messages(), client.person, (loaded || error || !store.maySee(client.person, client.chat)) && this.#empty(chat, error));
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
    if (!this.store.maySee(person, chat.id)) return { text: t("join"), testid: "join", act: () => this.#member("join") };
    const admin = chat.admins?.includes(person);
    if (chat.type === "channel" && !admin) return { text: t("only_admins") };
    const topic = chat.topics?.find((one) => one.id === this.client.topic);
    return topic?.closed && !admin ? { text: t("topic_closed") } : null;
  }

  async #restart() {
    await this.#member("unblock");
    await this.composer.say("/start");
  }

  async #member(act) {
    try {
      const chat = act === "block" || act === "unblock" ? null : this.client.chat;
      await api.member({ person: this.client.person, chat, act });
      this.store.refreshWorld();
      this.store.refresh(this.client.person, this.client.chat);
    } catch (error) {
      refused(error);
    }
  }

  #empty(chat, error) {
    if (!chat) return h("div.empty", {}, avatar("", 0, { size: "xl", sign: "stall" }), h("strong", {}, t("empty_bot")), h("p", { lang: this.#about ? null : language() }, this.#about || t("empty_bot_hint")));
    const member = this.store.maySee(this.client.person, chat.id);
    return h("div.empty", {}, avatar(chat.title, chat.id, { size: "xl" }), h("strong", {}, chat.title), h("p", {}, member && error ? error : t(member ? "empty_chat" : "not_member")));
  }

  #drawHeader(chat) {
    const { client, store } = this;
    const bot = store.world.bot;
    const title = chat?.title ?? bot.name;
    const face = chat ? avatar(chat.title, chat.id, { sign: chat.type === "channel" ? "megaphone" : null }) : avatar(bot.name, bot.id, { sign: "stall" });
    const unread = store.unread.person(client.person);
    const back = iconButton("back", t("back"), () => client.close(), { testid: "back", class: "back" });
    if (unread) back.append(h("span.badge", {}, digits(unread)));
    const text = h("button.chat-title", { type: "button", onclick: () => this.#members() }, h("strong", {}, title), h("small", {}, this.#subtitle(chat)));
    const me = client.me();
    const self = h("button.as", { type: "button", title: t("as_person", { name: me.name }), onclick: () => this.#switchPerson() }, avatar(me.name, me.id, { size: "xs" }), h("span", {}, me.name.split(" ")[0]));
    patch(this.header, back, face, text, self, iconButton("more", t("more"), (event) => this.#chatMenu(event.currentTarget)));
  }

  /** Where the people are not in sight (a phone, half a screen), the header changes who one is. */
  async #switchPerson() {
    const { client, store } = this;
    const options = store.world.people.map((person) => ({ value: person.id, label: person.name, lead: avatar(person.name, person.id, { size: "s" }), note: store.unread.person(person.id) ? digits(store.unread.person(person.id)) : null }));
    const chosen = await choose(t("people"), options);
    if (chosen !== null) client.become(chosen);
  }

  #subtitle(chat) {
    const acting = this.#action;
    const here = acting && acting.chat === this.client.chat && (!chat?.is_forum || acting.topic === undefined || acting.topic === this.client.topic);
    if (here) return h("span.typing", {}, acting.text, h("i"), h("i"), h("i"));
    if (!chat) return t("bot");
    const n = digits(chat.members?.length ?? 0);
    return t(chat.type === "channel" ? "subscribers" : "members", { n });
  }

  acting({ chat, topic, action, name }) {
    this.#action = { chat, topic, text: t(ACTIONS[action ?? name] ?? "sending") };
    clearTimeout(this.#actionTimer);
    this.#actionTimer = setTimeout(() => this.quiet(), TYPING_MS);
    if (chat === this.client.chat) this.update();
  }

  quiet() {
    if (!this.#action) return;
    this.#action = null;
    this.update();
  }

  #drawTabs(chat) {
    this.tabs.hidden = !chat?.is_forum;
    if (this.tabs.hidden) return;
    this.tabs.setAttribute("aria-label", t("topics"));
    const topics = [{ id: null, name: t("general") }, ...(chat.topics ?? []).filter((topic) => topic.id !== null && !topic.is_general)];
    patch(this.tabs, topics.map((topic) => this.#tab(topic)), iconButton("plus", t("new_topic"), () => this.#newTopic(this.store.chat(this.client.chat)), { class: "topic-add" }));
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

  #drawPinned() {
    const message = this.messages().findLast((one) => one.pinned);
    this.pinned.hidden = !message;
    if (message) clear(this.pinned, h("button", { testid: "pinned", type: "button", onclick: () => this.list.show(message.id) }, icon("pin", 18), h("span.strip-text", {}, h("strong", {}, t("pinned")), h("span", {}, summary(message)))));
  }

  #show(url) {
    const pictures = this.messages().filter((message) => message.media?.kind === "photo").map((message) => ({ url: message.media.url, name: message.media.name, caption: message.text }));
    viewer(pictures, Math.max(0, pictures.findIndex((picture) => picture.url === url)));
  }

  #chatMenu(button) {
    const chat = this.store.chat(this.client.chat);
    const box = button.getBoundingClientRect();
    const blocked = this.client.me().blocked;
    const items = chat
      ? [{ label: t("show_members"), icon: "people", act: () => this.#members() }, { label: t("leave"), icon: "block", danger: true, act: () => this.#leave() }]
      : [{ label: t(blocked ? "unblock" : "block"), icon: "block", danger: !blocked, act: () => this.#member(blocked ? "unblock" : "block") }];
    menuAt(box.right - 220, box.bottom + 4, items);
  }

  async #leave() {
    if (!(await confirmBox(`${t("leave")}?`, t("leave")))) return;
    await this.#member("leave");
    this.client.close();
  }

  #members() {
    const chat = this.store.chat(this.client.chat);
    if (!chat) return null;
    const line = (id) => {
      const person = this.store.person(id) ?? (id === this.store.world.bot.id ? this.store.world.bot : null);
      if (!person) return null;
      const bot = id === this.store.world.bot.id;
      return h("li", {}, avatar(person.name, id, { size: "s", sign: bot ? "stall" : null }), h("span.grow", {}, person.name), chat.admins?.includes(id) && h("small", {}, t("admin")));
    };
    const ids = [...new Set([...(chat.admins ?? []), ...(chat.members ?? [])])];
    return dialog((done) => [h("p.dialog-title", {}, chat.title), h("ul.dialog-list.members", { lang: language() }, ids.map(line)), h("div.dialog-row", {}, h("button.quiet", { type: "button", onclick: () => done(null) }, t("close")))]);
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
