// Who is in a group or channel, as whoever arranges the world sees it: people and the bot come, go and are promoted.
import { api } from "./api.js";
import { avatar, h, iconButton } from "./dom.js";
import { choose, dialog, form, menuAt, refused } from "./overlays.js";
import { language, t } from "./strings.js";

export async function showMembers(store, id) {
  let again = true;
  while (again) again = await list(store, id);
}

/** One look at the list; true when something changed and it is worth another. */
function list(store, id) {
  const chat = store.chat(id);
  const ids = [...new Set([...(chat.admins ?? []), ...(chat.members ?? [])])];
  const build = (done) => {
    const line = (one) => {
      const who = whoIs(store, one);
      const admin = chat.admins?.includes(one);
      return who && h("li", {}, face(who), h("span.grow", {}, who.name), admin && h("small", {}, t("admin")),
        iconButton("more", `${who.name}: ${t("more")}`, (event) => change(store, { chat, who, admin, at: event.currentTarget, done }), { testid: `member-${one}` }));
    };
    return [
      h("p.dialog-title", {}, chat.title), h("ul.dialog-list.members", { lang: language() }, ids.map(line)),
      h("div.dialog-row", {}, h("button.quiet", { type: "button", testid: "add-member", onclick: () => add(store, chat, done) }, t("add_member")), h("span.grow"), h("button.primary", { type: "button", autofocus: true, onclick: () => done(null) }, t("close"))),
    ];
  };
  return dialog(build, { testid: "members" });
}

const whoIs = (store, id) => store.person(id) ?? (id === store.world.bot.id ? store.world.bot : null);
const face = (who) => avatar(who.name, who.id, { size: "s", sign: who.is_bot ? "stall" : null });

function change(store, { chat, who, admin, at, done }) {
  const box = at.getBoundingClientRect();
  const entry = (name, act, icon, danger = false) => ({ label: t(name), icon, danger, testid: `do-${name}`, act: () => apply(store, { chat, who, act }).then(done) });
  const items = [admin ? entry("demote", "demote", "person") : entry("promote", "promote", "star"), entry("kick", "kick", "block", true)];
  menuAt(box.left - 160, box.bottom + 4, items, { inside: at.closest("dialog") });
}

async function add(store, chat, done) {
  const absent = [store.world.bot, ...store.world.people].filter((one) => !chat.members?.includes(one.id) && !chat.admins?.includes(one.id));
  const chosen = await choose(t("add_member"), absent.map((one) => ({ value: one.id, label: one.name, lead: face(one) })), { empty: t("all_here") });
  if (chosen !== null) done(await apply(store, { chat, who: whoIs(store, chosen), act: "join" }));
}

async function apply(store, { chat, who, act }) {
  try {
    await api.member({ person: who.id === store.world.bot.id ? "bot" : who.id, chat: chat.id, act });
    await store.reload();
  } catch (error) {
    refused(error);
  }
  return true;
}

/** A new group or channel with everybody in it, the bot as an administrator. */
export async function newChat(store, owner) {
  const types = [["supergroup", t("group")], ["forum", t("forum")], ["channel", t("channel")]];
  const values = await form(t("new_chat"), [
    { name: "title", label: t("name"), required: true },
    { name: "type", label: t("kind"), options: types, value: "supergroup" },
    { name: "all", label: t("with_everybody"), type: "checkbox", value: true },
  ], t("add"));
  if (!values?.title) return null;
  try {
    const members = values.all ? store.world.people.map((one) => one.id).filter((id) => id !== owner) : [];
    const forum = values.type === "forum";
    const chat = await api.chat({ type: forum ? "supergroup" : values.type, title: values.title, is_forum: forum || null, admins: [owner, "bot"], members });
    await store.reload();
    return chat.id;
  } catch (error) {
    refused(error);
    return null;
  }
}
