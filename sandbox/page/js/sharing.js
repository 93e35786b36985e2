// Choosing chats: for a forwarded message, for an inline query, and for a prepared message.
import { api } from "./api.js";
import { avatar, h } from "./dom.js";
import { summary } from "./media.js";
import { choose, dialog, refused, toast } from "./overlays.js";
import { t } from "./strings.js";

const KINDS = { private: "bots", group: "groups", supergroup: "groups", channel: "channels" };

/** The chats in which a person can write; allow: {users, bots, groups, channels} leaves some of them out. */
export function writable(store, person, allow = null) {
  const mayPost = (chat) => chat.type !== "channel" || chat.admins?.includes(person);
  return store.chatsOf(person).filter((chat) => chat.member && mayPost(chat) && (!allow || allow[KINDS[chat.type]]));
}

export const face = (chat) => avatar(chat.title, chat.type === "private" ? 0 : chat.id, { size: "s", sign: chat.type === "private" ? "stall" : chat.type === "channel" ? "megaphone" : null });

/** One chat, and in a forum one of its topics: {chat, topic}, or null. */
export async function pickPlace(store, person, { title, allow = null }) {
  const chats = writable(store, person, allow);
  const chosen = await choose(title, chats.map((chat) => ({ value: chat.id, label: chat.title, lead: face(chat) })), { empty: t("no_chat_fits") });
  if (chosen === null) return null;
  const chat = store.chat(chosen);
  if (!chat?.is_forum) return { chat: chosen, topic: null };
  const topics = [{ value: 0, label: t("general") }, ...(chat.topics ?? []).filter((one) => !one.closed && !one.is_general).map((one) => ({ value: one.id, label: one.name }))];
  const topic = await choose(t("which_topic"), topics);
  return topic === null ? null : { chat: chosen, topic: topic || null };
}

export async function forward(store, person, message) {
  const place = await pickPlace(store, person, { title: t("forward_to") });
  if (!place) return null;
  await api.say({ person, ...place, forward: { chat: message.chat, message: message.id } });
  return place;
}

/** What a mini app does with a prepared message: the person sees it and chooses where it goes, once or more. */
export async function sharePrepared(store, person, id) {
  const prepared = await api.prepared({ person, id });
  const chats = writable(store, person, prepared.chats);
  const boxes = chats.map((chat) => h("input", { type: "checkbox", value: chat.id, testid: `share-${chat.id}` }));
  const build = (done) => [
    h("p.dialog-title", {}, t("share_message")), preview(prepared),
    h("div.dialog-list", {}, chats.length ? chats.map((chat, index) => h("label.dialog-option", {}, face(chat), h("span.grow", {}, chat.title), boxes[index])) : h("p.dialog-text", {}, t("no_chat_fits"))),
    h("div.dialog-row", {}, h("button.quiet", { type: "button", onclick: () => done(null) }, t("cancel")),
      h("button.primary", { type: "button", testid: "share-send", disabled: !chats.length, onclick: () => done(boxes.filter((box) => box.checked).map((box) => Number(box.value))) }, t("send"))),
  ];
  const chosen = await dialog(build, { testid: "share" });
  for (const chat of chosen ?? []) await api.share({ person, prepared: id, chat });
  if (chosen?.length) toast(t("shared"), "note");
}

function preview(prepared) {
  const shown = prepared.message;
  const picture = ["photo", "sticker"].includes(shown.media?.kind) ? h("img", { src: shown.media.url, alt: "" }) : null;
  return h("div.share-preview", {}, picture, h("span.grow", {}, prepared.title && h("strong", {}, prepared.title), h("span", {}, summary(shown))));
}

/** The prepared messages of a person, of which one is chosen and shared. */
export async function choosePrepared(store, person) {
  try {
    const list = await api.prepared({ person });
    const chosen = await choose(t("prepared"), list.map((one) => ({ value: one.id, label: one.title || one.id })), { empty: t("no_prepared") });
    if (chosen !== null) await sharePrepared(store, person, chosen);
  } catch (error) {
    refused(error);
  }
}
