// Building elements. Everything a person or the bot wrote reaches the page through here, as text nodes, never as HTML.
import { ICONS } from "./icons.js";

const SVG = "http://www.w3.org/2000/svg";

/** h("button.primary", {onclick, "aria-label": …}, child, …): an element; null and false children are skipped. */
export function h(tag, props = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const element = document.createElement(name || "div");
  if (classes.length) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(props || {})) setProp(element, key, value);
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

function setProp(element, key, value) {
  if (value === null || value === undefined || value === false) return;
  if (key === "class") element.classList.add(...value.split(" ").filter(Boolean));
  else if (key === "style") for (const [name, v] of Object.entries(value)) element.style.setProperty(name, v);
  else if (key === "testid") element.dataset.testid = value;
  else if (key === "data") for (const [name, v] of Object.entries(value)) element.dataset[name] = v;
  else if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
  else if (["value", "checked", "disabled", "multiple", "selected"].includes(key)) element[key] = value;
  else element.setAttribute(key, value === true ? "" : value);
}

export function icon(name, size = 20) {
  const svg = document.createElementNS(SVG, "svg");
  const shape = ICONS[name] || ICONS.dot;
  for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", width: size, height: size, "aria-hidden": "true" })) svg.setAttribute(key, value);
  svg.classList.add("icon", shape.fill ? "icon-fill" : "icon-line");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", shape.d);
  svg.append(path);
  return svg;
}

/** A round button that shows only an icon; the label is for screen readers and the tooltip. */
export function iconButton(name, label, onclick, props = {}) {
  return h("button.icon-button", { type: "button", "aria-label": label, title: label, onclick, ...props }, icon(name));
}

const segmenter = new Intl.Segmenter("bn", { granularity: "grapheme" });

function initials(name) {
  const words = String(name || "?").trim().split(/\s+/);
  const first = (word) => (word ? [...segmenter.segment(word)][0]?.segment ?? "" : "");
  if (first(words[0]).length > 2) return first(words[0]); // a Bengali conjunct fills the disc alone
  const second = words.length > 1 && /\p{L}/u.test(first(words.at(-1))) ? first(words.at(-1)) : "";
  return (first(words[0]) + second).toUpperCase();
}

export const hue = (id) => Math.abs(Number(id) || 0) % 7;

/** A coloured disc with initials, or with an icon for the bot. */
export function avatar(name, id, { size = "m", sign = null } = {}) {
  const inside = sign ? icon(sign, 22) : initials(name);
  return h(`span.avatar.avatar-${size}`, { class: sign === "stall" ? "avatar-bot" : `hue-${hue(id)}`, "aria-hidden": "true" }, inside);
}

/**
 * Make an element's children like the wanted ones, changing those that are there instead of replacing them: a click
 * that began before an update still lands. Children match by test id (else by place and tag); the handlers of a
 * matched child stay, so handlers must look up what they need when they run.
 */
export function patch(parent, ...wanted) {
  const next = wanted.flat(Infinity).filter(Boolean);
  const byId = new Map([...parent.children].filter((child) => child.dataset.testid).map((child) => [child.dataset.testid, child]));
  next.forEach((child, index) => {
    const here = parent.childNodes[index];
    const known = byId.get(child.dataset?.testid) ?? here;
    if (!alike(known, child)) return parent.insertBefore(child, here ?? null);
    if (known !== here) parent.insertBefore(known, here ?? null);
    return morph(known, child);
  });
  while (parent.childNodes.length > next.length) parent.lastChild.remove();
}

const alike = (a, b) => a?.nodeName === b.nodeName && a.dataset?.testid === b.dataset?.testid;

function morph(known, wanted) {
  if (known.isEqualNode(wanted)) return;
  if (known.nodeType === Node.TEXT_NODE) {
    known.data = wanted.data;
    return;
  }
  for (const { name } of [...known.attributes]) if (!wanted.hasAttribute(name)) known.removeAttribute(name);
  for (const { name, value } of [...wanted.attributes]) if (known.getAttribute(name) !== value) known.setAttribute(name, value);
  patch(known, [...wanted.childNodes]);
}

export const clear = (element, ...children) => element.replaceChildren(...children.flat(Infinity).filter(Boolean));
