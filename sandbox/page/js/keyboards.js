// The two keyboards: inline (under a message) and reply (under the input).
import { h, icon } from "./dom.js";
import { requestOf } from "./requests.js";
import { t } from "./strings.js";

/** press(button, element) is called for every button; pay buttons are drawn with the price they carry. */
export function inlineKeyboard(rows, press) {
  if (!rows?.length) return null;
  return h("div.inline-keyboard", { role: "group", "aria-label": t("buttons") }, rows.map((row) => h("div.keyboard-row", {}, row.map((button) => inlineButton(button, press)))));
}

function inlineButton(button, press) {
  const label = button.text ?? button.label ?? "";
  const element = h("button.inline-button", { type: "button", testid: button.pay ? "pay" : "button", class: button.style ? `style-${button.style}` : "" },
    h("span.button-label", {}, button.pay ? withStar(label) : label), corner(button));
  element.addEventListener("click", () => press(button, element));
  return element;
}

/** The star in a pay button's label is drawn, as Telegram's apps do. */
function withStar(label) {
  const [before, ...rest] = label.split(/⭐\uFE0F?|\bXTR\b/u);
  return rest.length ? [before, icon("star", 16), rest.join("")] : label;
}

function corner(button) {
  const sign = button.url ? "link" : button.web_app ? "split" : button.copy_text ? "copy" : inlineQuery(button) !== null ? "reply" : null;
  return sign && h("span.button-corner", {}, icon(sign, 12));
}

/** The query of a switch-to-inline button, or null. */
export function inlineQuery(button) {
  const value = button.switch_inline ?? null;
  if (value === null || value === false) return null;
  return typeof value === "object" ? value.query ?? "" : String(value === true ? "" : value);
}

/** While the bot has not answered, the button shows it. */
export async function busy(element, work) {
  element.classList.add("busy");
  element.setAttribute("aria-busy", "true");
  try {
    return await work();
  } finally {
    element.classList.remove("busy");
    element.removeAttribute("aria-busy");
  }
}

/** The reply keyboard that holds in a chat: the newest message with markup decides. */
export function currentKeyboard(messages) {
  for (const message of [...messages].reverse()) {
    const markup = message.keyboard;
    if (!markup) continue;
    return { message: message.id, markup: markup.remove_keyboard ? null : markup };
  }
  return { message: null, markup: null };
}

export function replyKeyboard(markup, press) {
  const rows = markup.keyboard ?? [];
  return h("div.reply-keyboard", { role: "group", "aria-label": t("keyboard"), testid: "keyboard" },
    rows.map((row) => h("div.keyboard-row", {}, row.map((entry) => replyButton(entry, press)))));
}

const SIGNS = { request_contact: "person", request_location: "place", request_users: "people", request_chat: "megaphone", request_poll: "poll" };

function replyButton(entry, press) {
  const button = typeof entry === "string" ? { text: entry } : entry;
  const sign = SIGNS[requestOf(button)];
  return h("button.reply-button", { type: "button", testid: "key", class: button.style ? `style-${button.style}` : "", onclick: () => press(button) }, sign && icon(sign, 18), h("span", {}, button.text));
}
