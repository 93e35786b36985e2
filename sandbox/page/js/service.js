// Service messages (joined, pinned, topic created …) as one line.
import { t } from "./strings.js";

export function serviceText(message, room) {
  const service = message.service;
  const who = message.from?.name ?? "";
  const name = service.name ?? service.title ?? "";
  const make = LINES[service.kind];
  return make ? make({ who, name, service, room }) : message.text || String(service.kind).replaceAll("_", " ");
}

const memberNames = (service, room, fallback) => {
  const list = service.members ?? service.users ?? (service.user ? [service.user] : service.member ? [service.member] : []);
  const names = list.map((one) => (typeof one === "object" ? one.name ?? one.first_name : room.name(one))).filter(Boolean);
  return names.length ? names.join(", ") : fallback;
};

const joined = ({ who, service, room }) => t("s_joined", { name: memberNames(service, room, who) });
const left = ({ who, service, room }) => t("s_left", { name: memberNames(service, room, who) });
const made = ({ name }) => t("s_chat", { name });

const LINES = {
  new_chat_members: joined,
  joined,
  left_chat_member: left,
  left,
  pinned_message: ({ who }) => t("s_pinned", { name: who }),
  pinned: ({ who }) => t("s_pinned", { name: who }),
  forum_topic_created: ({ name }) => t("s_topic", { name }),
  forum_topic_edited: ({ name }) => t("s_topic_edited", { name }),
  forum_topic_closed: () => t("s_topic_closed"),
  forum_topic_reopened: () => t("s_topic_reopened"),
  group_chat_created: made,
  supergroup_chat_created: made,
  channel_chat_created: made,
  new_chat_title: ({ name }) => t("s_title", { name }),
  users_shared: ({ who }) => t("s_users_shared", { name: who }),
  chat_shared: ({ who }) => t("s_chat_shared", { name: who }),
  write_access_allowed: ({ who }) => t("s_write_access", { name: who }),
};
