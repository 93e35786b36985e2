// What pressing things in a chat does: buttons, links to the bot, sharing and paying.
import { api } from "./api.js";
import { amount } from "./format.js";
import { busy, inlineQuery } from "./keyboards.js";
import { botLink, invoiceLink, openOutside } from "./links.js";
import { copy } from "./message_menu.js";
import { alertBox, confirmBox, refused, toast } from "./overlays.js";
import { pickPlace, sharePrepared } from "./sharing.js";
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
      else if (inlineQuery(button) !== null) await this.#switchInline(message, button);
      else await busy(element, () => this.#tap(message, button));
    } catch (error) {
      refused(error);
    }
  }

  #call(message, which) {
    return api.tap({ person: this.client.person, chat: message.chat, message: message.id, ...which });
  }

  async #tap(message, button) {
    const answer = await this.#call(message, button.data !== null && button.data !== undefined ? { data: button.data } : { label: button.text });
    const alert = typeof answer?.alert === "string" ? answer.alert : answer?.alert ? answer.answer : null;
    if (alert) await alertBox(alert, this.store.world.bot.name);
    else if (answer?.answer) toast(answer.answer);
    if (answer?.url) await this.link(answer.url);
  }

  /** The query goes into the input of this chat, or of one that is chosen. */
  async #switchInline(message, button) {
    if (button.switch_inline_current) return this.#prefill(inlineQuery(button));
    const place = await pickPlace(this.store, this.client.person, { title: t("share_to"), allow: button.switch_inline_chats });
    if (!place) return null;
    if (place.chat !== this.client.chat || place.topic !== this.client.topic) this.client.open(place.chat, place.topic);
    return this.#prefill(inlineQuery(button));
  }

  #prefill(query) {
    this.view.composer.prefill(`@${this.store.world.bot.username} ${query}`);
  }

  async #pay(what) {
    const { ok, error } = await api.pay({ person: this.client.person, ...what });
    if (!ok) toast(error || t("no_answer"), "refusal");
    this.store.refreshWorld();
    this.store.refresh(this.client.person, this.client.chat);
  }

  /** Links to the bot stay in the page: its private chat opens and /start goes out. Others open in a new tab. */
  async link(url) {
    const { username } = this.store.world.bot;
    const deep = botLink(url, username);
    if (invoiceLink(url)) return this.#invoice(url);
    if (!deep) return openOutside(url);
    if (deep.prepared) return sharePrepared(this.store, this.client.person, deep.prepared).catch(refused);
    return this.startBot(deep.start);
  }

  async startBot(start) {
    const fresh = !this.client.me().started;
    this.client.open(this.client.person);
    if (start || fresh) await this.view.composer.say(start ? `/start ${start}` : "/start");
  }

  async #invoice(url) {
    try {
      const terms = await api.link(url);
      const price = `★ ${amount(terms.amount, "XTR")}`;
      if (await confirmBox(terms.description, t("pay", { price }), { title: terms.title })) await this.#pay({ link: url });
    } catch (error) {
      refused(error);
    }
  }
}
