// The special buttons of a reply keyboard: they share something, so the person is asked first, as Telegram does.
import { api } from "./api.js";
import { avatar, h } from "./dom.js";
import { pollForm } from "./poll.js";
import { choose, confirmBox, dialog } from "./overlays.js";
import { face } from "./sharing.js";
import { t } from "./strings.js";

export const DHAKA = { latitude: 23.7806, longitude: 90.4074 };
const KINDS = ["request_contact", "request_location", "request_users", "request_chat", "request_poll"];

export const requestOf = (button) => KINDS.find((kind) => button[kind]) ?? null;
export const phoneOf = (person) => `+88017${String(person.id).padStart(8, "0").slice(-8)}`;

/** What is sent beside the tap, or null when the person would rather not. */
export async function consent(button, { store, me }) {
  const ask = { request_contact: contact, request_location: place, request_users: users, request_chat: chat, request_poll: poll }[requestOf(button)];
  return ask({ store, me, wanted: button[requestOf(button)] });
}

async function contact({ me }) {
  const lead = h("div.share-preview", {}, avatar(me.name, me.id, { size: "s" }), h("span.grow", {}, h("strong", {}, me.name), h("span", {}, phoneOf(me))));
  return (await confirmBox(t("share_contact"), t("share"), { title: t("share_contact_title"), lead })) ? {} : null;
}

async function place() {
  return (await confirmBox(t("share_location"), t("share"), { title: t("share_location_title") })) ? { location: DHAKA } : null;
}

async function users({ store, me, wanted }) {
  const most = wanted.max_quantity ?? 1;
  const people = wanted.user_is_bot ? [{ ...store.world.bot, sign: "stall" }] : store.world.people.filter((person) => person.id !== me.id);
  const lead = (person) => avatar(person.name, person.id, { size: "s", sign: person.sign ?? null });
  if (most === 1) {
    const one = await choose(t("choose_person"), people.map((person) => ({ value: person.id, label: person.name, lead: lead(person) })));
    return one === null ? null : { users: [one] };
  }
  const boxes = people.map((person) => h("input", { type: "checkbox", value: person.id, testid: `user-${person.id}` }));
  const limit = () => boxes.forEach((box) => (box.disabled = !box.checked && boxes.filter((one) => one.checked).length >= most));
  const chosen = await dialog((done) => [
    h("p.dialog-title", {}, t("choose_people")),
    h("div.dialog-list", { onchange: limit }, people.map((person, index) => h("label.dialog-option", {}, lead(person), h("span.grow", {}, person.name), boxes[index]))),
    h("div.dialog-row", {}, h("button.quiet", { type: "button", onclick: () => done(null) }, t("cancel")),
      h("button.primary", { type: "button", testid: "submit", onclick: () => done(boxes.filter((box) => box.checked).map((box) => Number(box.value))) }, t("share"))),
  ], { testid: "choose" });
  return chosen?.length ? { users: chosen } : null;
}

async function chat({ store, me, wanted }) {
  const fits = (one) => one.type !== "private" && one.member && (one.type === "channel") === Boolean(wanted.chat_is_channel)
    && (wanted.chat_is_forum === undefined || wanted.chat_is_forum === one.is_forum)
    && (wanted.chat_has_username === undefined || wanted.chat_has_username === Boolean(one.username));
  const options = store.chatsOf(me.id).filter(fits).map((one) => ({ value: one.id, label: one.title, lead: face(one) }));
  const chosen = await choose(t("choose_chat"), options, { empty: t("no_chat_fits") });
  return chosen === null ? null : { shared_chat: chosen };
}

async function poll({ wanted }) {
  const made = await pollForm(wanted?.type);
  return made && { poll: made };
}

/** Press a button of the reply keyboard: plain ones write their label. */
export async function pressKey(button, { store, me, message, where }) {
  if (!requestOf(button)) return api.say({ ...where, text: button.text });
  const given = await consent(button, { store, me });
  return given && api.tap({ person: where.person, chat: where.chat, message, label: button.text, ...given });
}
