// What lies over the page: toasts, the alert of a callback answer, dialogs, small menus and the picture viewer.
import { h, icon, iconButton } from "./dom.js";
import { t } from "./strings.js";

const TOAST_MS = 3000;

function toasts() {
  return document.querySelector(".toasts") ?? document.body.appendChild(h("div.toasts", { role: "status", "aria-live": "polite" }));
}

/** A short word at the bottom of the page; kind is "answer", "refusal" or "note". */
export function toast(text, kind = "answer") {
  const element = h("div.toast", { class: `toast-${kind}`, testid: "toast" }, String(text));
  const box = toasts();
  if (box.children.length >= 3) box.firstElementChild.remove();
  box.append(element);
  setTimeout(() => element.remove(), TOAST_MS + String(text).length * 25);
}

export const refused = (error) => toast(error.status === 504 ? t("no_answer") : error.message, "refusal");

/** A modal box; answers what done(value) was called with, or null when it was dismissed. */
export function dialog(build, { testid = null, className = "" } = {}) {
  return new Promise((resolve) => {
    const before = document.activeElement;
    const box = h("dialog.dialog", { testid, class: className });
    const done = (value) => {
      box.close();
      box.remove();
      before?.focus?.({ preventScroll: true });
      resolve(value);
    };
    box.append(...[build(done)].flat());
    box.addEventListener("cancel", (event) => {
      event.preventDefault();
      done(null);
    });
    box.addEventListener("click", (event) => event.target === box && done(null));
    document.body.append(box);
    box.showModal();
  });
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

export function confirmBox(text, yes) {
  const build = (done) => [
    h("p.dialog-text", {}, text),
    h("div.dialog-row", {},
      h("button.quiet", { type: "button", onclick: () => done(false) }, t("cancel")),
      h("button.primary", { type: "button", testid: "confirm", autofocus: true, onclick: () => done(true) }, yes)),
  ];
  return dialog(build);
}

/** Ask for a few values. fields: [{name, label, type?, value?, required?, options?}]; answers an object or null. */
export function form(title, fields, submit) {
  const build = (done) => {
    const controls = fields.map((field) => [field.name, control(field)]);
    const onsubmit = (event) => {
      event.preventDefault();
      done(Object.fromEntries(controls.map(([name, element]) => [name, element.value.trim()])));
    };
    const rows = controls.map(([, element], index) => h("label.field", {}, h("span", {}, fields[index].label), element));
    return h("form", { onsubmit }, h("p.dialog-title", {}, title), rows,
      h("div.dialog-row", {},
        h("button.quiet", { type: "button", onclick: () => done(null) }, t("cancel")),
        h("button.primary", { type: "submit" }, submit)));
  };
  return dialog(build);
}

function control(field) {
  if (field.options) return h("select", {}, field.options.map(([value, label]) => h("option", { value, selected: value === field.value }, label)));
  return h("input", { type: field.type ?? "text", value: field.value ?? "", required: field.required, maxlength: 128 });
}

/** Choose one of a list: [{value, label, note?, lead?}]; answers the value or null. */
export function choose(title, options) {
  const build = (done) => [
    h("p.dialog-title", {}, title),
    h("div.dialog-list", {}, options.map((option) =>
      h("button.dialog-option", { type: "button", onclick: () => done(option.value) }, option.lead, h("span.grow", {}, option.label), option.note && h("small", {}, option.note)))),
    h("div.dialog-row", {}, h("button.quiet", { type: "button", onclick: () => done(null) }, t("cancel"))),
  ];
  return dialog(build);
}

/** A small menu at a point. items: [{label, icon, act, danger?}] */
export function menuAt(x, y, items) {
  document.querySelector(".popup")?.remove();
  const before = document.activeElement;
  const close = () => {
    menu.remove();
    document.removeEventListener("pointerdown", outside, true);
    before?.focus?.({ preventScroll: true });
  };
  const outside = (event) => !menu.contains(event.target) && close();
  const entry = (item) => h("button.popup-item", { type: "button", role: "menuitem", class: item.danger ? "danger" : "", onclick: () => { close(); item.act(); } }, icon(item.icon), item.label);
  const menu = h("div.popup", { role: "menu" }, items.map(entry));
  menu.addEventListener("keydown", (event) => popupKey(event, menu, close));
  document.body.append(menu);
  const box = menu.getBoundingClientRect();
  menu.style.left = `${Math.max(8, Math.min(x, innerWidth - box.width - 8))}px`;
  menu.style.top = `${Math.max(8, Math.min(y, innerHeight - box.height - 8))}px`;
  menu.firstElementChild?.focus();
  document.addEventListener("pointerdown", outside, true);
}

function popupKey(event, menu, close) {
  const items = [...menu.children];
  const at = items.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) items[(at + step + items.length) % items.length].focus();
  if (event.key === "Escape") close();
  if (step || event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
  }
}

/** Pictures of a chat, one at a time, with arrows. pictures: [{url, name, caption}] */
export function viewer(pictures, start) {
  let at = start;
  const image = h("img.viewer-image", { alt: "" });
  const caption = h("p.viewer-caption");
  const save = h("a.icon-button", { download: "", "aria-label": t("download"), title: t("download") }, icon("download", 22));
  const show = (index) => {
    at = (index + pictures.length) % pictures.length;
    image.src = pictures[at].url;
    image.alt = pictures[at].caption || t("photo");
    caption.textContent = pictures[at].caption ?? "";
    save.href = pictures[at].url;
    save.download = pictures[at].name || "photo.jpg";
  };
  const arrow = (name, step) => pictures.length > 1 && iconButton(name, name, () => show(at + step), { class: `viewer-${name}` });
  const keys = (event) => {
    if (event.key === "ArrowLeft") show(at - 1);
    if (event.key === "ArrowRight") show(at + 1);
  };
  document.addEventListener("keydown", keys);
  show(start);
  const build = (done) => {
    const stage = h("div.viewer-stage", { onclick: (event) => event.target === stage && done(null) }, image, arrow("back", -1), arrow("right", 1));
    return [h("div.viewer-bar", {}, save, iconButton("close", t("close"), () => done(null))), stage, caption];
  };
  return dialog(build, { className: "viewer", testid: "viewer" }).finally(() => document.removeEventListener("keydown", keys));
}
