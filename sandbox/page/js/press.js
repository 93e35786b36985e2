// What pressing things in a chat does: buttons, links to the bot, sharing, paying, and a message's own menu.
import { api } from "./api.js";
import { avatar } from "./dom.js";
import { amount } from "./format.js";
import { busy, inlineQuery } from "./keyboards.js";
import { botLink, invoiceLink, openOutside } from "./links.js";
import { alertBox, choose, confirmBox, menuAt, refused, toast } from "./overlays.js";
import { t } from "./strings.js";

export class Presses {
  /** view: the open chat (chatview.js) */
  constructor(view) {
    this.view = view;
    this.client = view.client;
    this.store = view.store;
  }

  async press(message, button, element) {
    try {
      if (button.pay) await busy(element, () => this.#pay({ chat: message.chat, message: message.id }));
      else if (button.url) await this.link(button.url);
      else if (button.copy_text) await copy(button.copy_text);
      else if (inlineQuery(button) !== null) await this.#share(inlineQuery(button));
      else await busy(element, () => this.#tap(message, button));
    } catch (error) {
      refused(error);
    }
  }

  async #tap(message, button) {
    const which = button.data !== null && button.data !== undefined ? { data: button.data } : { label: button.text };
    const answer = await api.tap({ person: this.client.person, chat: message.chat, message: message.id, ...which });
    const alert = typeof answer?.alert === "string" ? answer.alert : answer?.alert ? answer.answer : null;
    if (alert) await alertBox(alert, this.store.world.bot.name);
    else if (answer?.answer) toast(answer.answer);
    if (answer?.url) await this.link(answer.url);
  }

  async #pay(what) {
    const { ok, error } = await api.pay({ person: this.client.person, ...what });
    if (!ok) toast(error || t("no_answer"), "refusal");
    this.store.refreshWorld();
    this.store.refresh(this.client.person, this.client.chat);
  }

  /** Links to the bot stay in the page: its private chat opens and /start goes out. Others open in a new tab. */
  async link(url) {
    const deep = botLink(url, this.store.world.bot.username);
    if (invoiceLink(url)) return this.#invoice(url);
    if (!deep) return openOutside(url);
    this.client.open(this.client.person);
    const me = this.client.me();
    if (deep.start || !me.started) await this.view.composer.say(deep.start ? `/start ${deep.start}` : "/start");
  }

  async #invoice(url) {
    try {
      const terms = await api.link(url);
      const price = `★ ${amount(terms.amount, "XTR")}`;
      if (await confirmBox(`${terms.title}\n${terms.description}`, t("pay", { price }))) await this.#pay({ link: url });
    } catch (error) {
      refused(error);
    }
  }

  async #share(query) {
    const chats = this.store.chatsOf(this.client.person).filter((chat) => chat.member && (chat.type !== "channel" || chat.admins?.includes(this.client.person)));
    const options = chats.map((chat) => ({ value: chat.id, label: chat.title, lead: avatar(chat.title, chat.id, { size: "s", sign: chat.type === "private" ? "stall" : null }) }));
    const chosen = await choose(t("share_to"), options);
    if (chosen === null) return;
    if (chosen !== this.client.chat) this.client.open(chosen);
    this.view.composer.prefill(`@${this.store.world.bot.username} ${query}`);
  }

  /** at: the element that was pressed, or a point {x, y} */
  menu(message, at) {
    const box = at.getBoundingClientRect?.();
    const { composer } = this.view;
    const items = [{ label: t("reply"), icon: "reply", act: () => composer.replyTo(message) }];
    if (message.text) items.push({ label: t("copy"), icon: "copy", act: () => copy(message.text).catch(refused) });
    if (message.from?.id === this.client.person && message.text) items.push({ label: t("edit"), icon: "edit", act: () => composer.edit(message) });
    menuAt(box ? box.left : at.x, box ? box.bottom + 4 : at.y, items);
  }
}

async function copy(text) {
  await navigator.clipboard.writeText(text);
  toast(t("copied"), "note");
}
