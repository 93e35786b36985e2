// The head of an open chat: back, face, name, what the bot is doing, search, who one is, and the chat's menu.
import { api } from "./api.js";
import { avatar, h, iconButton, patch } from "./dom.js";
import { digits } from "./format.js";
import { showMembers } from "./members.js";
import { choose, confirmBox, menuAt, refused } from "./overlays.js";
import { choosePrepared } from "./sharing.js";
import { t } from "./strings.js";

const TYPING_MS = 5500;
const ACTIONS = {
  typing: "typing", upload_photo: "sending_photo", upload_document: "sending_file", upload_video: "sending_video", record_video: "sending_video",
  upload_voice: "recording_voice", record_voice: "recording_voice", choose_sticker: "choosing_sticker", find_location: "finding_location",
};

export class ChatHeader {
  #action = null; // {chat, topic, text}
  #timer = null;

  /** view: the open chat (chatview.js) */
  constructor(view) {
    this.view = view;
    this.client = view.client;
    this.store = view.store;
    this.element = h("header.chat-header");
  }

  update(chat) {
    const { client, store } = this;
    const { bot } = store.world;
    const me = client.me();
    const unread = store.unread.person(client.person);
    const back = iconButton("back", t("back"), () => client.close(), { testid: "back", class: "back" });
    if (unread) back.append(h("span.badge", {}, digits(unread)));
    const face = chat ? avatar(chat.title, chat.id, { sign: chat.type === "channel" ? "megaphone" : null }) : avatar(bot.name, bot.id, { sign: "stall" });
    const words = [h("strong", {}, chat?.title ?? bot.name), h("small", { "aria-live": "polite" }, this.#subtitle(chat))];
    const title = chat ? h("button.chat-title", { type: "button", testid: "chat-title", title: t("show_members"), onclick: () => this.#members() }, words) : h("div.chat-title", { testid: "chat-title" }, words);
    const self = h("button.as", { type: "button", testid: "as", title: t("as_person", { name: me.name }), "aria-label": t("as_person", { name: me.name }), onclick: () => this.#switchPerson() }, avatar(me.name, me.id, { size: "xs" }), h("span", {}, me.name.split(" ")[0]));
    patch(this.element, back, face, title, self, iconButton("search", t("search"), () => this.view.search.open(), { testid: "open-search", "aria-keyshortcuts": "Control+F" }),
      iconButton("more", t("chat_menu"), (event) => this.#menu(event.currentTarget), { testid: "chat-menu", "aria-haspopup": "menu" }));
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
    if (here) return h("span.typing", { testid: "typing" }, acting.text, h("i"), h("i"), h("i"));
    if (!chat) return t("bot");
    return t(chat.type === "channel" ? "subscribers" : "members", { n: digits(chat.members?.length ?? 0) });
  }

  acting({ chat, topic, action, name }) {
    this.#action = { chat, topic, text: t(ACTIONS[action ?? name] ?? "sending") };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.quiet(), TYPING_MS);
    if (chat === this.client.chat) this.view.update();
  }

  quiet() {
    if (!this.#action) return;
    this.#action = null;
    this.view.update();
  }

  #menu(button) {
    const chat = this.store.chat(this.client.chat);
    const box = button.getBoundingClientRect();
    const { blocked } = this.client.me();
    const entry = (name, icon, act, danger = false) => ({ label: t(name), icon, act, danger, testid: `do-${name}` });
    const search = entry("search", "search", () => this.view.search.open());
    const items = chat
      ? [search, entry("show_members", "people", () => this.#members()), entry("leave", "block", () => this.#leave(), true)]
      : [search, entry("prepared", "share", () => choosePrepared(this.store, this.client.person)), entry(blocked ? "unblock" : "block", "block", () => this.member(blocked ? "unblock" : "block"), !blocked)];
    menuAt(box.right - 230, box.bottom + 4, items, { label: t("chat_menu") });
  }

  async #leave() {
    if (!(await confirmBox(t("leave_sure"), t("leave"), { title: t("leave"), danger: true }))) return;
    await this.member("leave");
    this.client.close();
  }

  #members() {
    const chat = this.store.chat(this.client.chat);
    if (chat) showMembers(this.store, chat.id);
  }

  async member(act) {
    try {
      const chat = act === "block" || act === "unblock" ? null : this.client.chat;
      await api.member({ person: this.client.person, chat, act });
      this.store.refreshWorld();
      this.store.refresh(this.client.person, this.client.chat);
    } catch (error) {
      refused(error);
    }
  }
}
