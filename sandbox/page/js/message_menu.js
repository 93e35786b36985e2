// The menu of one message: reactions, reply, copy, edit, forward, pin, download, delete.
import { api } from "./api.js";
import { fileName } from "./media.js";
import { confirmBox, menuAt, refused, toast } from "./overlays.js";
import { canRetract } from "./poll.js";
import { reactionBar } from "./reactions.js";
import { forward } from "./sharing.js";
import { t } from "./strings.js";

const HOLD_MS = 450;

export class MessageMenu {
  /** view: the open chat (chatview.js) */
  constructor(view) {
    this.view = view;
    this.client = view.client;
    this.store = view.store;
  }

  /** at: the element that was pressed, or a point {x, y} */
  open(message, at) {
    const box = at.getBoundingClientRect?.();
    const [x, y] = box ? [box.left, Math.min(box.bottom + 4, innerHeight - 120)] : [at.x, at.y];
    menuAt(x, y, this.#items(message), { top: reactionBar(message.reactions, (emoji) => this.react(message, emoji)), label: t("message_menu") });
  }

  /** Only the reactions. */
  reactions(message, at) {
    const box = at.getBoundingClientRect();
    menuAt(box.left - 120, box.top - 58, [], { top: reactionBar(message.reactions, (emoji) => this.react(message, emoji)), label: t("react") });
  }

  react(message, emoji) {
    return this.#ask(() => api.react({ ...this.#of(message), emoji }));
  }

  vote(message, options) {
    return this.#ask(() => api.vote({ ...this.#of(message), options }));
  }

  #items(message) {
    const { composer } = this.view;
    const items = [{ label: t("reply"), icon: "reply", testid: "do-reply", act: () => composer.replyTo(message) }];
    const add = (name, sign, act, more = {}) => items.push({ label: t(name), icon: sign, testid: `do-${name}`, act, ...more });
    if (message.text) add("copy", "copy", () => copy(message.text).catch(refused));
    if (this.#mayEdit(message)) add("edit", "edit", () => composer.edit(message));
    add("forward", "forward", () => this.#ask(() => this.#forward(message)));
    if (canRetract(message.poll)) add("retract", "back", () => this.vote(message, []));
    if (this.#mayPin(message)) add(message.pinned ? "unpin" : "pin", "pin", () => this.#ask(() => api.pin({ ...this.#of(message), unpin: message.pinned || null })));
    if (message.media?.url) add("download", "download", () => save(message.media));
    if (this.#mayDelete(message)) add("delete", "trash", () => this.#delete(message), { danger: true });
    return items;
  }

  #admin() {
    return this.store.chat(this.client.chat)?.admins?.includes(this.client.person) ?? false;
  }

  #mine(message) {
    return message.from?.id === this.client.person || (message.from?.id === message.chat && message.chat !== this.client.person && this.#admin());
  }

  #mayEdit(message) {
    return this.#mine(message) && Boolean(message.text) && !message.forwarded && !message.via_bot;
  }

  #mayPin() {
    return this.client.chat === this.client.person || this.#admin();
  }

  #mayDelete(message) {
    return this.client.chat === this.client.person || this.#mine(message) || this.#admin();
  }

  #of(message) {
    return { person: this.client.person, chat: message.chat, message: message.id };
  }

  async #forward(message) {
    const place = await forward(this.store, this.client.person, message);
    if (!place) return;
    toast(t("forwarded_done"), "note");
    if (place.chat !== this.client.chat) this.client.open(place.chat, place.topic);
  }

  async #delete(message) {
    if (!(await confirmBox(t("delete_sure"), t("delete"), { title: t("delete"), danger: true }))) return;
    await this.#ask(() => api.delete(this.#of(message)));
    this.view.focusMessages();
  }

  async #ask(call) {
    try {
      await call();
    } catch (error) {
      refused(error);
    }
  }
}

export async function copy(text) {
  await navigator.clipboard.writeText(text);
  toast(t("copied"), "note");
}

function save(media) {
  const link = Object.assign(document.createElement("a"), { href: media.url, download: fileName(media) });
  link.click();
}

/** Right click, the menu key, or a long press with a finger. */
export function opensMenu(element, open) {
  let hold = null;
  const stop = () => clearTimeout(hold);
  element.addEventListener("contextmenu", (event) => {
    if (getSelection().toString() || event.target.closest("a[href], input")) return;
    event.preventDefault();
    stop();
    open(event.clientX || event.clientY ? { x: event.clientX, y: event.clientY } : element);
  });
  element.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "touch" || event.target.closest(".inline-keyboard")) return;
    hold = setTimeout(() => open({ x: event.clientX, y: event.clientY }), HOLD_MS);
  });
  for (const name of ["pointerup", "pointermove", "pointercancel"]) element.addEventListener(name, stop);
}
