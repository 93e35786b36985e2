// One message (or one album of messages) as an element: bubble, service pill, invoice card or payment note.
import { avatar, h, hue, icon, iconButton } from "./dom.js";
import { isBigEmoji, renderText } from "./entities.js";
import { amount, clock, fullTime } from "./format.js";
import { inlineKeyboard } from "./keyboards.js";
import { opensMenu } from "./message_menu.js";
import { isVisual, renderAlbum, renderMedia, summary } from "./media.js";
import { renderPoll } from "./poll.js";
import { reactionChips } from "./reactions.js";
import { serviceText } from "./service.js";
import { t } from "./strings.js";

/**
 * group: {messages, own, first, last, showName} as made by messages.js.
 * room: what a bubble may ask of its chat: {world, me, find, act} (see chatview.js).
 */
export function renderGroup(group, room) {
  const message = group.messages[0];
  if (message.payment) return pill(paymentText(message.payment), message);
  if (message.service) return pill(serviceText(message, room), message);
  return row(group, room);
}

function pill(text, message) {
  return h("div.pill-row", { testid: "message", data: { messageId: message.id } },
    h("span.pill", { title: fullTime(message.date) }, text));
}

function paymentText(payment) {
  const price = payment.currency === "XTR" ? `★ ${amount(payment.amount, "XTR")}` : amount(payment.amount, payment.currency);
  return t(payment.kind === "refunded" ? "payment_refunded" : "payment_done", { price });
}

function row(group, room) {
  const message = group.messages.at(-1);
  const first = group.messages[0];
  const sender = first.from ?? { id: 0, name: "?" };
  const sides = `${group.own ? "own" : "other"}${group.first ? " first" : ""}`;
  const face = group.faces && !group.own && h("span.face", {}, avatar(sender.name, sender.id, { size: "s", sign: sender.is_bot ? "stall" : null }));
  const bubble = h("div.bubble", { class: bubbleClass(group) },
    group.showName && h("span.sender", { class: nameColour(sender) }, sender.name, sender.is_bot && h("small", {}, t("bot"))),
    forwarded(first), quoted(first, room), inside(group, stamp(message, group, room), room));
  const keys = group.messages.find((one) => one.buttons?.length);
  const stack = h("div.stack", {}, bubble, keys && inlineKeyboard(rowsOf(keys), (button, element) => room.act.press(keys, button, element)));
  const tools = h("div.message-tools", {}, iconButton("smile", t("react"), (event) => room.act.reactions(target(group), event.currentTarget), { testid: "message-react" }),
    iconButton("more", t("message_menu"), (event) => room.act.menu(target(group), event.currentTarget), { testid: "message-more" }));
  const ids = { messageId: first.id, all: group.messages.map((one) => one.id).join(" ") };
  const element = h("article.message", { class: sides, testid: "message", data: ids, "aria-label": label(message, sender) }, face, stack, tools);
  opensMenu(element, (at) => room.act.menu(target(group), at));
  element.openMenu = () => room.act.menu(target(group), bubble);
  return element;
}

/** What a menu is about: in an album, the picture with the words. */
const target = (group) => group.messages.find((one) => one.text) ?? group.messages[0];

/** The time stands at the end of the text, or at the end of the reactions. */
function inside(group, time, room) {
  const message = group.messages.find((one) => one.reactions?.length);
  if (!message) return content(group, time, room);
  const chips = reactionChips(message.reactions, (emoji) => room.act.react(message, emoji));
  chips.append(time);
  return [content(group, null, room), chips];
}

/** What is paid is not paid twice: the button goes. */
const rowsOf = (message) => message.buttons.map((row) => row.filter((button) => !(button.pay && message.invoice?.paid))).filter((row) => row.length);
const nameColour = (sender) => (sender?.is_bot ? "hue-text-bot" : `hue-text-${hue(sender?.id)}`);
const label = (message, sender) => `${sender.name}, ${clock(message.date)}: ${summary(message).slice(0, 80)}`;

function bubbleClass(group) {
  const message = group.messages[0];
  const visual = group.messages.every((one) => isVisual(one.media)) && !message.invoice;
  const names = [];
  if (message.media?.kind === "sticker" || isBigEmoji(message.text, message.entities) && !message.media) names.push("bare");
  if (visual) names.push("with-photo");
  if (message.media?.kind === "video_note" || message.media?.kind === "dice") names.push("bare");
  if (visual && !group.messages.some((one) => one.text)) names.push("photo-only");
  if (message.invoice) names.push("with-invoice");
  if (isBigEmoji(message.text, message.entities)) names.push("big");
  return names.join(" ");
}

function forwarded(message) {
  const via = message.via_bot && t("via", { name: `@${message.via_bot}` });
  const from = message.forwarded?.name && t("forwarded", { name: message.forwarded.name });
  return (via || from) && h("span.forwarded", {}, [from, via].filter(Boolean).join(" · "));
}

function quoted(message, room) {
  if (!message.reply_to || message.reply_to === message.topic) return null; // in a topic everything answers its beginning
  const target = room.find(message.reply_to);
  const sender = target?.from;
  return h("button.quoted", { type: "button", class: nameColour(sender), onclick: () => room.act.jump(message.reply_to) },
    h("strong", {}, sender?.name ?? ""), h("span", {}, target ? summary(target) : t("deleted_message")));
}

function content(group, time, room) {
  const [message] = group.messages;
  if (message.invoice) return [invoice(message, room), time];
  if (message.poll) return [renderPoll(message.poll, (options) => room.act.vote(message, options)), time];
  const media = group.messages.map((one) => one.media).filter(Boolean);
  const show = (url) => room.act.show(url);
  const visual = media.length > 0 && media.every(isVisual);
  const pictures = visual && media.length > 1 ? [renderAlbum(media, show)] : media.map((one) => renderMedia(one, show));
  const texts = group.messages.filter((one) => one.text).map((one) => h("div.text", { dir: "auto" }, renderText(one.text, one.entities, room.act)));
  return visual && texts.length ? [pictures, h("div.caption", {}, texts, time)] : [pictures, texts, time];
}

function stamp(message, group, room) {
  const edited = group.messages.some((one) => one.edited);
  const pinned = group.messages.some((one) => one.pinned);
  const signature = message.signature ?? message.author_signature;
  return h("span.stamp", { title: fullTime(message.date) }, pinned && icon("pin", 12), signature && h("span.signature", {}, signature), edited && `${t("edited")} `, h("time", {}, clock(message.date)),
    group.own && room.private && h("span.ticks", {}, icon("check", 14)));
}

function invoice(message, room) {
  const { title, description, amount: total, currency, paid, photo } = message.invoice;
  const stars = currency === "XTR";
  const price = amount(total, currency);
  const payRow = (message.buttons ?? []).flat().some((button) => button.pay);
  const picture = photo ?? (isVisual(message.media) ? message.media.url : null);
  return h("div.invoice", { testid: "invoice" },
    picture && h("img.invoice-photo", { src: picture, alt: "" }),
    h("div.invoice-head", {}, h("span.invoice-icon", {}, icon("star", 24)), h("strong", {}, title)),
    h("p.invoice-text", { dir: "auto" }, description),
    h("div.invoice-price", {}, stars && icon("star", 18), h("span", {}, price), paid && h("span.invoice-paid", {}, icon("check", 14), t("paid"))),
    !paid && !payRow && payButton(message, price, stars, room),
    !paid && stars && h("small.invoice-balance", {}, t("balance", { n: amount(room.me()?.stars ?? 0, "XTR") })));
}

function payButton(message, price, stars, room) {
  const button = h("button.pay", { type: "button", testid: "pay" }, stars && icon("star", 18), t("pay", { price }));
  button.addEventListener("click", () => room.act.press(message, { pay: true, text: price }, button));
  return button;
}
