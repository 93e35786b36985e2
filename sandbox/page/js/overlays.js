// What lies over the page: toasts, the alert of a callback answer, dialogs and small menus.
import { h, icon } from "./dom.js";
import { stepTo } from "./keys.js";
import { t } from "./strings.js";

const TOAST_MS = 3000;
let dialogs = 0;

function toasts() {
  return document.querySelector(".toasts") ?? document.body.appendChild(h("div.toasts", { role: "status", "aria-live": "polite" }));
}

/** A short word over the page; kind is "answer", "refusal" or "note". */
export function toast(text, kind = "answer") {
  const element = h("div.toast", { class: `toast-${kind}`, testid: "toast" }, String(text));
  const box = toasts();
  if (box.children.length >= 3) box.firstElementChild.remove();
  box.append(element);
  setTimeout(() => element.remove(), TOAST_MS + String(text).length * 25);
}

export const refused = (error) => toast(error.status === 504 ? t("no_answer") : error.message, "refusal");

/** A modal box; answers what done(value) was called with, or null when it was dismissed. */
export function dialog(build, { testid = null, className = "", label = null } = {}) {
  return new Promise((resolve) => {
    const before = document.activeElement;
    const box = h("dialog.dialog", { testid, class: className });
    const done = (value) => {
      box.close();
      box.remove();
      before?.focus?.({ preventScroll: true });
      resolve(value);
    };
    box.append(...[build(done)].flat().filter(Boolean));
    name(box, label);
    box.addEventListener("cancel", (event) => {
      event.preventDefault();
      done(null);
    });
    box.addEventListener("keydown", (event) => event.stopPropagation()); // Escape closes the box, not the chat behind it
    box.addEventListener("click", (event) => event.target === box && done(null));
    document.body.append(box);
    box.showModal();
  });
}

/** A box is named by its title, else by its text. */
function name(box, label) {
  const title = box.querySelector(".dialog-title, .dialog-text");
  if (label || !title) return box.setAttribute("aria-label", label ?? "");
  title.id = `dialog-${(dialogs += 1)}`;
  return box.setAttribute("aria-labelledby", title.id);
}

/** The alert of a callback answer (show_alert). */
export function alertBox(text, title) {
  const build = (done) => [
    h("p.dialog-title", {}, title),
    h("p.dialog-text", {}, text),
    h("div.dialog-row", {}, h("button.primary", { type: "button", testid: "alert-ok", autofocus: true, onclick: () => done(true) }, t("ok"))),
  ];
  return dialog(build, { testid: "alert", className: "dialog-alert" });
}

/** Yes or no; a lead (what is meant) may stand over the question. */
export function confirmBox(text, yes, { title = null, lead = null, danger = false } = {}) {
  const build = (done) => [
    title && h("p.dialog-title", {}, title),
    lead,
    h("p.dialog-text", {}, text),
    h("div.dialog-row", {},
      h("button.quiet", { type: "button", onclick: () => done(false) }, t("cancel")),
      h("button.primary", { type: "button", testid: "confirm", class: danger ? "danger" : "", autofocus: true, onclick: () => done(true) }, yes)),
  ];
  return dialog(build, { testid: "ask" });
}

/** Ask for a few values. fields: [{name, label, type?, value?, options?, required?}]; answers {name: value} or null. */
export function form(title, fields, submit) {
  const build = (done) => {
    const inputs = fields.map((field) => [field, control(field)]);
    const values = () => Object.fromEntries(inputs.map(([field, input]) => [field.name, field.type === "checkbox" ? input.checked : input.value.trim()]));
    const onsubmit = (event) => {
      event.preventDefault();
      done(values());
    };
    return h("form.form", { onsubmit },
      h("p.dialog-title", {}, title),
      inputs.map(([field, input]) => h("label", { class: field.type === "checkbox" ? "check" : "field" }, field.type === "checkbox" ? [input, field.label] : [h("span", {}, field.label), input])),
      h("div.dialog-row", {},
        h("button.quiet", { type: "button", onclick: () => done(null) }, t("cancel")),
        h("button.primary", { type: "submit", testid: "submit" }, submit)));
  };
  return dialog(build, { testid: "form" });
}

function control(field) {
  if (field.options) return h("select", { name: field.name }, field.options.map(([value, label]) => h("option", { value, selected: value === field.value }, label)));
  if (field.type === "checkbox") return h("input", { type: "checkbox", name: field.name, checked: Boolean(field.value) });
  return h("input", { type: field.type ?? "text", name: field.name, value: field.value ?? "", required: field.required, maxlength: 128 });
}

/** Choose one of a list: [{value, label, note?, lead?}]; answers the value or null. */
export function choose(title, options, { empty = "" } = {}) {
  const build = (done) => [
    h("p.dialog-title", {}, title),
    options.length ? h("div.dialog-list", { onkeydown: (event) => among(event) }, options.map((option, index) =>
      h("button.dialog-option", { type: "button", testid: `option-${option.value}`, autofocus: index === 0, onclick: () => done(option.value) }, option.lead, h("span.grow", {}, option.label), option.note && h("small", {}, option.note)))) : h("p.dialog-text", {}, empty),
    h("div.dialog-row", {}, h("button.quiet", { type: "button", onclick: () => done(null) }, t("cancel"))),
  ];
  return dialog(build, { testid: "choose" });
}

/** Arrow keys in a list of buttons. */
function among(event, list = event.currentTarget.querySelectorAll("button, input")) {
  const parts = [...list];
  const to = stepTo(event.key, parts.indexOf(document.activeElement), parts.length);
  if (to === null) return false;
  event.preventDefault();
  parts[to].focus();
  return true;
}

/** A small menu at a point. items: [{label, icon, act, danger?}]; top: buttons that stand over them; inside: a modal box that holds it. */
export function menuAt(x, y, items, { top = null, label = t("more"), inside = document.body } = {}) {
  document.querySelector(".popup")?.dispatchEvent(new Event("close"));
  const before = document.activeElement;
  const close = () => {
    menu.remove();
    document.removeEventListener("pointerdown", outside, true);
    before?.focus?.({ preventScroll: true });
  };
  const outside = (event) => !menu.contains(event.target) && close();
  const entry = (item) => item && h("button.popup-item", { type: "button", role: "menuitem", testid: item.testid, class: item.danger ? "danger" : "", onclick: () => { close(); item.act(); } }, icon(item.icon), item.label);
  const menu = h("div.popup", { role: "menu", "aria-label": label, testid: "popup" }, top?.(close), items.map(entry));
  menu.addEventListener("close", close);
  menu.addEventListener("keydown", (event) => popupKey(event, menu, close));
  inside.append(menu);
  place(menu, x, y);
  menu.querySelector("[role^=menuitem]")?.focus({ preventScroll: true });
  document.addEventListener("pointerdown", outside, true);
}

/** Inside the window, whatever was asked for. */
export function place(menu, x, y) {
  const box = menu.getBoundingClientRect();
  menu.style.left = `${Math.max(8, Math.min(x, innerWidth - box.width - 8))}px`;
  menu.style.top = `${Math.max(8, Math.min(y, innerHeight - box.height - 8))}px`;
}

function popupKey(event, menu, close) {
  event.stopPropagation();
  if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    close();
  } else among(event, menu.querySelectorAll("[role^=menuitem]"));
}
