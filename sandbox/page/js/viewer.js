// The picture viewer: one picture of a chat at a time, with arrows, zoom and download.
import { h, icon, iconButton } from "./dom.js";
import { digits } from "./format.js";
import { dialog } from "./overlays.js";
import { t } from "./strings.js";

const NEAREST = 1;
const FARTHEST = 6;
const STEP = 1.4;

class Viewer {
  #at = 0;
  #scale = NEAREST;
  #shift = { x: 0, y: 0 };

  constructor(pictures) {
    this.pictures = pictures;
    this.image = h("img.viewer-image", { alt: "", draggable: "false", testid: "viewer-image" });
    this.caption = h("p.viewer-caption");
    this.count = h("span.viewer-count", { role: "status", testid: "viewer-count" });
    this.save = h("a.icon-button", { "aria-label": t("download"), title: t("download"), testid: "viewer-save" }, icon("download", 22));
    this.image.addEventListener("dblclick", () => this.zoom(this.#scale > NEAREST ? 0 : 2.5));
    this.image.addEventListener("pointerdown", (event) => this.#drag(event));
  }

  build(done) {
    const arrow = (name, sign, step) => this.pictures.length > 1 && iconButton(sign, t(name), () => this.show(this.#at + step), { class: `viewer-${name}`, testid: `viewer-${name}` });
    const stage = h("div.viewer-stage", { onclick: (event) => event.target === stage && done(null) }, this.image, arrow("previous", "back", -1), arrow("next", "right", 1));
    stage.addEventListener("wheel", (event) => { event.preventDefault(); this.zoom(event.deltaY < 0 ? STEP : 1 / STEP); }, { passive: false });
    return [
      h("div.viewer-bar", {}, this.count, h("span.grow"), iconButton("minus", t("zoom_out"), () => this.zoom(1 / STEP), { testid: "zoom-out" }),
        iconButton("plus", t("zoom_in"), () => this.zoom(STEP), { testid: "zoom-in" }), this.save, iconButton("close", t("close"), () => done(null), { testid: "viewer-close", autofocus: true })),
      stage, this.caption,
    ];
  }

  show(index) {
    this.#at = (index + this.pictures.length) % this.pictures.length;
    const picture = this.pictures[this.#at];
    this.image.src = picture.url;
    this.image.alt = picture.caption || t("photo");
    this.caption.textContent = picture.caption ?? "";
    this.count.textContent = this.pictures.length > 1 ? t("one_of", { at: digits(this.#at + 1), n: digits(this.pictures.length) }) : "";
    this.save.href = picture.url;
    this.save.download = picture.name;
    this.zoom(0);
  }

  /** Times so much; 0 fits the picture to the window. */
  zoom(times) {
    this.#scale = times ? Math.min(Math.max(this.#scale * times, NEAREST), FARTHEST) : NEAREST;
    if (this.#scale === NEAREST) this.#shift = { x: 0, y: 0 };
    this.#draw();
  }

  #draw() {
    this.image.classList.toggle("zoomed", this.#scale > NEAREST);
    this.image.style.transform = this.#scale > NEAREST ? `translate(${this.#shift.x}px, ${this.#shift.y}px) scale(${this.#scale})` : "";
  }

  #drag(event) {
    if (this.#scale === NEAREST) return;
    event.preventDefault();
    const from = { x: event.clientX - this.#shift.x, y: event.clientY - this.#shift.y };
    const move = (moved) => {
      this.#shift = { x: moved.clientX - from.x, y: moved.clientY - from.y };
      this.#draw();
    };
    this.image.setPointerCapture(event.pointerId);
    this.image.addEventListener("pointermove", move);
    this.image.addEventListener("pointerup", () => this.image.removeEventListener("pointermove", move), { once: true });
  }

  key(event) {
    const acts = { ArrowLeft: () => this.show(this.#at - 1), ArrowRight: () => this.show(this.#at + 1), "+": () => this.zoom(STEP), "=": () => this.zoom(STEP), "-": () => this.zoom(1 / STEP), 0: () => this.zoom(0) };
    acts[event.key]?.();
  }
}

/** pictures: [{url, name, caption}] */
export function viewer(pictures, start) {
  const view = new Viewer(pictures);
  const keys = (event) => view.key(event);
  document.addEventListener("keydown", keys, true);
  view.show(start);
  return dialog((done) => view.build(done), { className: "viewer", testid: "viewer", label: t("photo") }).finally(() => document.removeEventListener("keydown", keys, true));
}
