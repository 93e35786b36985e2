// Bot API text entities (offsets in UTF-16 units, nested) as DOM nodes. Text goes in as text, never as HTML.
import { h } from "./dom.js";
import { safeUrl } from "./links.js";
import { t } from "./strings.js";

/**
 * Render a message's text.
 * acts: {command(text), link(url), mention(name)} are what pressing the live parts does.
 */
export function renderText(text, entities, acts) {
  const fragment = document.createDocumentFragment();
  fragment.append(...span(text, 0, text.length, ordered(entities ?? [], text.length), acts));
  return fragment;
}

/** Outer entities first, so that inner ones are rendered inside them. */
function ordered(entities, length) {
  return entities
    .filter((entity) => entity.length > 0 && entity.offset < length)
    .map((entity, index) => ({ ...entity, index }))
    .sort((a, b) => a.offset - b.offset || b.length - a.length || a.index - b.index);
}

function span(text, from, to, entities, acts) {
  const nodes = [];
  let at = from;
  let rest = entities;
  let afterBlock = false;
  while (rest.length) {
    const [entity, ...others] = rest;
    const start = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    const inside = others.filter((other) => other.offset < end);
    rest = others.filter((other) => other.offset >= end || other.offset + other.length > end);
    if (start >= end) continue;
    if (start > at) nodes.push(plain(text.slice(at, start), afterBlock));
    afterBlock = BLOCKS.has(entity.type);
    nodes.push(wrap(entity, text.slice(start, end), span(text, start, end, inside, acts), acts));
    at = end;
  }
  if (at < to) nodes.push(plain(text.slice(at, to), afterBlock));
  return nodes;
}

const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);

/** A block ends its line by itself: the line break behind it would leave a gap. */
const plain = (text, afterBlock) => document.createTextNode(afterBlock ? text.replace(/^\n/, "") : text);

const PLAIN_TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code" };

function wrap(entity, text, children, acts) {
  if (PLAIN_TAGS[entity.type]) return h(PLAIN_TAGS[entity.type], {}, children);
  const make = SPECIAL[entity.type];
  return make ? make(entity, text, children, acts) : h("span", { class: `entity-${entity.type}` }, children);
}

const SPECIAL = {
  pre: (entity, text, children) => h("pre", { "data-language": entity.language || null }, h("code", {}, children)),
  blockquote: (entity, text, children) => h("blockquote", {}, children),
  expandable_blockquote: (entity, text, children) => expandable(children),
  spoiler: (entity, text, children) => spoiler(children),
  text_link: (entity, text, children, acts) => link(entity.url, children, acts),
  url: (entity, text, children, acts) => link(/^[a-z]+:/i.test(text) ? text : `https://${text}`, children, acts),
  email: (entity, text, children) => h("a", { href: `mailto:${text}` }, children),
  phone_number: (entity, text, children) => h("a", { href: `tel:${text.replace(/[^+\d]/g, "")}` }, children),
  mention: (entity, text, children, acts) => pressed(children, () => acts.mention(text.slice(1))),
  bot_command: (entity, text, children, acts) => pressed(children, () => acts.command(text)),
  hashtag: (entity, text, children) => h("span.tag", {}, children),
  cashtag: (entity, text, children) => h("span.tag", {}, children),
  text_mention: (entity, text, children) => h("span.tag", {}, children),
};

function link(url, children, acts) {
  const safe = safeUrl(url);
  if (!safe) return h("span", {}, children);
  const onclick = (event) => {
    event.preventDefault();
    acts.link(safe);
  };
  return h("a", { href: safe, rel: "noopener noreferrer", target: "_blank", onclick }, children);
}

function pressed(children, act) {
  return h("a.pressable", { role: "button", tabindex: "0", onclick: act, onkeydown: (event) => event.key === "Enter" && act() }, children);
}

function spoiler(children) {
  const element = h("span.spoiler", { role: "button", tabindex: "0", "aria-label": t("spoiler") }, h("span", {}, children));
  const show = (event) => {
    if (element.classList.contains("shown")) return;
    event.stopPropagation();
    event.preventDefault();
    element.classList.add("shown");
    for (const name of ["role", "tabindex", "aria-label"]) element.removeAttribute(name);
  };
  element.addEventListener("click", show, true);
  element.addEventListener("keydown", (event) => event.key === "Enter" && show(event));
  return element;
}

function expandable(children) {
  const quote = h("blockquote.expandable", { tabindex: "0", role: "button", "aria-expanded": "false" }, children);
  const toggle = () => quote.setAttribute("aria-expanded", String(quote.classList.toggle("open")));
  quote.addEventListener("click", toggle);
  quote.addEventListener("keydown", (event) => event.key === "Enter" && toggle());
  return quote;
}

/** One to three emoji and nothing else are shown large. */
export function isBigEmoji(text, entities) {
  if (!text || text.length > 24 || (entities ?? []).some((entity) => entity.type !== "custom_emoji")) return false;
  const units = [...new Intl.Segmenter().segment(text.trim())].map((unit) => unit.segment);
  return units.length <= 3 && units.every((unit) => /^\p{Extended_Pictographic}/u.test(unit));
}
