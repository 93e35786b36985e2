// The foot of a chat: the input with its buttons, replies and edits, files, and the START or JOIN bar instead of it.
import { api } from "./api.js";
import { attachMenu } from "./attach.js";
import { clear, h, icon, iconButton } from "./dom.js";
import { arrows } from "./keys.js";
import { currentKeyboard, replyKeyboard } from "./keyboards.js";
import { summary } from "./media.js";
import { refused } from "./overlays.js";
import { pressKey } from "./requests.js";
import { t } from "./strings.js";
import { Suggest } from "./suggest.js";
import { Tray } from "./tray.js";

export class Composer {
  #drafts = new Map();
  #place = null; // "person|chat|topic" of the draft in the input
  #reply = null;
  #editing = null;
  #hiddenKeyboard = null; // the message whose keyboard was put away
  #forced = null; // the message that asked for a reply

  /** host: {person(), chat(), topic(), me(), bot(), messages(), find(id), store, start(parameter), up()} */
  constructor(host) {
    this.host = host;
    this.tray = new Tray(() => this.#ready());
    this.input = h("textarea.input", { rows: "1", testid: "input", dir: "auto", autocomplete: "off", "aria-autocomplete": "list",
      oninput: () => this.#typed(), onkeydown: (event) => this.#key(event), onpaste: (event) => this.#pasted(event) });
    this.suggest = new Suggest({
      input: this.input, person: () => host.person(), chat: () => host.chat(), topic: () => host.topic(), botName: () => host.bot().username,
      command: (text) => this.say(text), prefill: (text) => this.prefill(text), chosen: () => this.#setText(""), start: (parameter) => host.start(parameter),
    });
    this.#build();
  }

  #build() {
    this.files = h("input.file-input", { type: "file", multiple: true, testid: "attach", tabindex: "-1", "aria-hidden": "true", onchange: () => { this.tray.add([...this.files.files]); this.files.value = ""; this.input.focus(); } });
    this.menu = h("button.menu-button", { type: "button", testid: "menu", "aria-haspopup": "listbox", onclick: () => this.#menu() });
    this.attach = iconButton("clip", "", () => this.#attach(), { testid: "attach-menu", "aria-haspopup": "menu" });
    this.toggle = iconButton("keyboard", "", () => this.#toggleKeyboard(), { testid: "keyboard-toggle" });
    this.sendButton = h("button.send", { type: "button", testid: "send", onclick: () => this.send() }, icon("send", 22));
    this.strip = h("div.strip", { hidden: true });
    this.box = h("div.composer-box", {}, this.strip, this.tray.element, h("div.composer-row", {}, this.menu, this.attach, this.files, this.input, this.toggle, this.sendButton));
    this.instead = h("div.instead", { hidden: true });
    this.keyboard = arrows(h("div.keyboard-holder", { hidden: true }));
    this.element = h("footer.composer", {}, this.suggest.element, this.box, this.instead, this.keyboard);
  }

  /** bar: null to write, or {text, act?, testid?} to show instead of the input. */
  update({ place, bar, isPrivate, placeholder }) {
    if (place !== this.#place) this.#moveTo(place);
    this.box.hidden = Boolean(bar);
    this.instead.hidden = !bar;
    if (bar) clear(this.instead, bar.act ? h("button.big-button", { type: "button", testid: bar.testid, onclick: bar.act }, bar.text) : h("p", {}, bar.text));
    this.#label(this.menu, "commands");
    this.menu.hidden = !isPrivate;
    clear(this.menu, icon("menu", 20), h("span", {}, t("menu")));
    this.#label(this.attach, "attach");
    this.#label(this.sendButton, "send");
    this.#label(this.toggle, "keyboard");
    this.#drawKeyboard(bar, placeholder);
    this.#drawStrip();
    this.#ready();
  }

  #label(element, key) {
    element.setAttribute("aria-label", t(key));
    element.title = t(key);
  }

  #moveTo(place) {
    if (this.#place) this.#drafts.set(this.#place, this.input.value);
    this.#place = place;
    this.#reply = this.#editing = this.#forced = null;
    this.suggest.close();
    if (this.tray.files.length) this.tray.empty();
    this.#setText(this.#drafts.get(place) ?? "");
  }

  #setText(text) {
    this.input.value = text;
    this.#grow();
    this.#ready();
  }

  /** Put text into the input, as a switch-to-inline button does. */
  prefill(text) {
    this.#setText(text);
    this.input.focus();
    this.suggest.typed(text);
  }

  focus() {
    if (!this.box.hidden && matchMedia("(hover: hover)").matches) this.input.focus({ preventScroll: true });
  }

  #typed() {
    this.#grow();
    this.#ready();
    this.suggest.typed(this.input.value);
  }

  #grow() {
    this.input.style.height = "auto";
    const tall = this.input.scrollHeight; // 0 while it is not shown
    if (tall) this.input.style.height = `${Math.min(tall, 168)}px`;
  }

  #ready() {
    this.box.classList.toggle("ready", Boolean(this.input.value.trim()) || this.tray.files.length > 0);
  }

  #key(event) {
    if (event.isComposing) return;
    if (this.suggest.key(event)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (event.key === "Enter" && !event.shiftKey) this.send();
    else if (event.key === "Escape" && this.#cancel()) event.stopPropagation();
    else if (event.key === "ArrowUp" && event.ctrlKey) this.#editLast();
    else if (event.key === "ArrowUp" && !this.input.value) this.host.up();
    else return;
    event.preventDefault();
    if (event.key === "Escape") event.stopPropagation();
  }

  #attach() {
    const box = this.attach.getBoundingClientRect();
    attachMenu({ x: box.left - 6, y: box.top - 190 }, { files: () => this.files.click(), me: this.host.me(), where: this.#where() });
  }

  #pasted(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    this.tray.add(files);
  }

  /** Give up what was begun; false when there was nothing. */
  #cancel() {
    if (!this.#reply && !this.#editing && !this.tray.files.length) return false;
    if (this.#editing) this.#setText("");
    this.#reply = this.#editing = null;
    this.tray.empty();
    this.#drawStrip();
    return true;
  }

  replyTo(message) {
    this.#editing = null;
    this.#reply = message;
    this.#drawStrip();
    this.input.focus();
  }

  edit(message) {
    this.#reply = null;
    this.#editing = message;
    this.#setText(message.text);
    this.#drawStrip();
    this.input.focus();
  }

  #editLast() {
    const last = [...this.host.messages()].reverse().find((message) => message.from?.id === this.host.person() && message.text && !message.media && !message.service);
    if (last) this.edit(last);
  }

  #drawStrip() {
    const message = this.#editing ?? this.#reply;
    this.strip.hidden = !message;
    if (!message) return;
    const title = this.#editing ? t("editing") : message.from?.name ?? t("reply");
    clear(this.strip, icon(this.#editing ? "edit" : "reply", 20), h("span.strip-text", {}, h("strong", {}, title), h("span", {}, summary(message))), iconButton("close", t("cancel"), () => this.#cancel()));
  }

  #where() {
    return { person: this.host.person(), chat: this.host.chat(), topic: this.host.topic() };
  }

  async send() {
    const text = this.input.value.trim();
    const editing = this.#editing;
    const messages = this.tray.messages();
    if (!text && !messages.length) return;
    const reply = this.#reply?.id ?? null;
    this.#setText("");
    this.#reply = this.#editing = null;
    this.tray.empty();
    this.suggest.close();
    this.#drawStrip();
    try {
      if (editing) await api.edit({ person: this.host.person(), chat: this.host.chat(), message: editing.id, text });
      else if (messages.length) await this.#sendFiles(messages, text, reply);
      else await api.say({ ...this.#where(), text, reply_to: reply });
    } catch (error) {
      if (!this.input.value) this.#setText(text);
      refused(error);
    }
  }

  async #sendFiles(messages, caption, reply) {
    let first = true;
    for (const parts of messages) {
      await api.upload({ ...this.#where(), caption: first ? caption : null, reply_to: first ? reply : null }, parts);
      first = false;
    }
  }

  async say(text) {
    try {
      await api.say({ ...this.#where(), text });
    } catch (error) {
      refused(error);
    }
  }

  #menu() {
    if (this.suggest.isOpen) this.suggest.close();
    else this.suggest.showCommands();
    this.input.focus();
  }

  #drawKeyboard(bar, placeholder) {
    const { message, markup } = currentKeyboard(this.host.messages());
    const rows = markup?.keyboard?.length ? markup : null;
    if (markup?.force_reply && this.#forced !== message) {
      this.#forced = message;
      this.#reply = this.host.find(message);
    }
    this.input.placeholder = markup?.input_field_placeholder || placeholder;
    this.input.setAttribute("aria-label", placeholder);
    this.toggle.hidden = !rows;
    this.keyboard.hidden = !rows || Boolean(bar) || this.#hiddenKeyboard === message;
    const signature = JSON.stringify([message, rows]);
    if (rows && this.keyboard.dataset.signature !== signature) clear(this.keyboard, replyKeyboard(rows, (button) => this.#pressed(button, message, rows)));
    this.keyboard.dataset.signature = signature;
    this.toggle.classList.toggle("on", !this.keyboard.hidden);
  }

  #toggleKeyboard() {
    const { message } = currentKeyboard(this.host.messages());
    this.#hiddenKeyboard = this.keyboard.hidden ? null : message;
    this.keyboard.hidden = !this.keyboard.hidden;
    this.toggle.classList.toggle("on", !this.keyboard.hidden);
  }

  async #pressed(button, message, markup) {
    if (markup.one_time_keyboard) {
      this.#hiddenKeyboard = message;
      this.keyboard.hidden = true;
      this.toggle.classList.remove("on");
    }
    try {
      await pressKey(button, { store: this.host.store, me: this.host.me(), message, where: this.#where() });
    } catch (error) {
      refused(error);
    }
  }
}
