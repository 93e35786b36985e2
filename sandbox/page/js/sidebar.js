// The left side of a pane: the people one can be, and the open person's chats.
import { api } from "./api.js";
import { avatar, clear, h, icon, iconButton, patch } from "./dom.js";
import { digits, number, shortTime } from "./format.js";
import { arrows } from "./keys.js";
import { summary } from "./media.js";
import { newChat } from "./members.js";
import { form, refused, toast } from "./overlays.js";
import { serviceText } from "./service.js";
import { language, t } from "./strings.js";

const SHOWN = 200; // of people and of chats: a world of thousands stays quick

export class Sidebar {
  constructor(client) {
    this.client = client;
    this.store = client.store;
    this.people = arrows(h("nav.people"));
    this.me = h("header.me");
    this.chats = arrows(h("nav.chats"));
    this.element = h("aside.sidebar", {}, this.people, h("section.chat-list", {}, this.me, this.chats));
  }

  update() {
    this.people.setAttribute("aria-label", t("people"));
    this.chats.setAttribute("aria-label", t("chats"));
    const people = this.store.world.people.filter((person, index) => index < SHOWN || person.id === this.client.person).map((person) => this.#person(person));
    patch(this.people, people, h("button.person.person-add", { type: "button", "aria-label": t("add_person"), title: t("add_person"), testid: "add-person", onclick: () => this.#add() }, h("span.avatar.avatar-m", {}, icon("plus", 20)), h("span.person-name", {}, t("add"))));
    const me = this.client.me();
    if (!me) return clear(this.me), clear(this.chats);
    patch(this.me, h("span.me-text", {}, h("strong", {}, me.name), h("small", {}, me.username ? `@${me.username}` : me.language_code ?? "")),
      h("span.stars", { role: "img", title: t("stars"), "aria-label": `${t("stars")}: ${number(me.stars)}`, data: { value: me.stars } }, icon("star", 17), h("span", { testid: "stars" }, number(me.stars))),
      iconButton("plus", t("new_chat"), () => this.#newChat(), { testid: "new-chat" }));
    patch(this.chats, this.store.chatsOf(me.id).slice(0, SHOWN).map((chat) => this.#chat(chat, me)));
  }

  #person(person) {
    const selected = person.id === this.client.person;
    const unread = this.store.unread.person(person.id);
    const label = t("be_person", { name: person.name }) + (unread ? `, ${t("unread", { n: digits(unread) })}` : "");
    return h("button.person", { type: "button", class: selected ? "selected" : "", "aria-pressed": String(selected), "aria-label": label, title: label, testid: `person-${person.id}`, onclick: () => this.client.become(person.id) },
      h("span.person-face", {}, avatar(person.name, person.id), unread > 0 && h("span.badge", {}, digits(Math.min(unread, 99)))), h("span.person-name", {}, person.name.split(" ")[0]));
  }

  #chat(chat, me) {
    const bot = chat.type === "private";
    const { messages } = this.store.transcript(me.id, chat.id);
    const last = messages.at(-1);
    const unread = this.store.unread.chat(me.id, chat.id);
    const selected = this.client.chat === chat.id;
    const sign = bot ? "stall" : chat.type === "channel" ? "megaphone" : null;
    return h("button.chat-row", { type: "button", class: selected ? "selected" : "", "aria-current": selected ? "true" : null, testid: bot ? "chat-bot" : `chat-${chat.id}`, onclick: () => this.client.open(bot ? this.client.person : chat.id) },
      avatar(chat.title, bot ? 0 : chat.id, { size: "l", sign }),
      h("span.chat-row-text", {},
        h("span.chat-row-top", {}, h("strong", {}, chat.title), last && h("time", {}, shortTime(last.date))),
        h("span.chat-row-under", {}, h("span.preview", {}, this.#preview(last, chat, me)), unread > 0 && h("span.badge", { "aria-label": t("unread", { n: digits(unread) }) }, digits(unread)))));
  }

  #preview(last, chat, me) {
    if (!last) return chat.member ? t(chat.type === "private" ? "bot" : chat.type === "channel" ? "channel" : "group") : t("not_member");
    if (last.payment) return `★ ${number(last.payment.amount)}`;
    if (last.service) return serviceText(last, { name: (id) => this.store.person(id)?.name });
    const who = last.from?.id === me.id ? `${t("you")}: ` : chat.type === "private" || chat.type === "channel" ? "" : `${last.from?.name?.split(" ")[0]}: `;
    return [who && h("span.preview-who", {}, who), last.media?.kind === "photo" && h("img.preview-photo", { src: last.media.url, alt: "" }), summary(last)];
  }

  async #newChat() {
    const chat = await newChat(this.store, this.client.person);
    if (chat !== null) this.client.open(chat);
  }

  async #add() {
    const languages = [["bn", "বাংলা"], ["en", "English"]];
    const values = await form(t("add_person"), [
      { name: "name", label: t("name"), required: true },
      { name: "username", label: t("username") },
      { name: "language_code", label: t("language_of"), options: languages, value: language() },
      { name: "stars", label: t("stars_start"), type: "number", value: "1000" },
    ], t("add"));
    if (!values?.name) return;
    try {
      const person = await api.person({ name: values.name, username: values.username.replace(/^@/, "") || null, language_code: values.language_code, stars: Number(values.stars) || 0 });
      await this.store.reload();
      this.client.become(person.id);
      toast(t("as_person", { name: person.name }), "note");
    } catch (error) {
      refused(error);
    }
  }
}
