// Files that wait to be sent: thumbnails over the input, and how they are cut into messages.
import { clear, h, icon, iconButton } from "./dom.js";
import { size } from "./format.js";
import { extension, fileColour } from "./media.js";
import { t } from "./strings.js";

const ALBUM_MAX = 10;
const PHOTO = /^image\/(jpeg|png|webp)$/;

function kindOf(file) {
  if (PHOTO.test(file.type)) return "photo";
  if (file.type === "video/mp4") return "video";
  if (file.type === "audio/ogg") return "voice";
  return "document";
}

function cut(files) {
  const parts = [];
  for (let at = 0; at < files.length; at += ALBUM_MAX) parts.push(files.slice(at, at + ALBUM_MAX));
  return parts;
}

export class Tray {
  files = [];
  #urls = new Map();

  constructor(onchange) {
    this.onchange = onchange;
    this.asFiles = h("input", { type: "checkbox" });
    this.element = h("div.tray", { hidden: true, testid: "tray" });
  }

  add(list) {
    this.files.push(...list);
    this.draw();
  }

  empty() {
    for (const url of this.#urls.values()) URL.revokeObjectURL(url);
    this.#urls.clear();
    this.files = [];
    this.asFiles.checked = false;
    this.draw();
  }

  /** The messages to send: photos and videos together in albums of ten, every other file alone. */
  messages() {
    const visual = (file) => !this.asFiles.checked && ["photo", "video"].includes(kindOf(file));
    const pictures = this.files.filter(visual);
    const albums = cut(pictures).map((files) => files.map((file) => ({ kind: files.length > 1 ? "album" : kindOf(file), file })));
    return [...albums, ...this.#others(this.files.filter((file) => !visual(file)))];
  }

  /** Plain files together as an album of files; pictures sent as files, and voice, alone: the server would take them for photos. */
  #others(files) {
    const plain = this.asFiles.checked ? [] : files.filter((file) => kindOf(file) === "document" && !/^(image|video)\//.test(file.type));
    const together = plain.length > 1 ? cut(plain).map((part) => part.map((file) => ({ kind: part.length > 1 ? "album" : "document", file }))) : [];
    const alone = files.filter((file) => !together.length || !plain.includes(file));
    return [...together, ...alone.map((file) => [{ kind: this.asFiles.checked ? "document" : kindOf(file), file }])];
  }

  draw() {
    this.element.hidden = this.files.length === 0;
    const pictures = this.files.some((file) => PHOTO.test(file.type));
    const choice = pictures && h("label.tray-choice", {}, this.asFiles, t("as_files"));
    clear(this.element, h("div.tray-files", {}, this.files.map((file) => this.#entry(file))), choice);
    this.onchange();
  }

  #entry(file) {
    const remove = iconButton("close", `${t("remove")}: ${file.name}`, () => {
      this.files = this.files.filter((other) => other !== file);
      this.draw();
    });
    const picture = PHOTO.test(file.type);
    const face = picture ? h("img", { src: this.#url(file), alt: "" }) : h("span.file-icon", { class: `file-${fileColour(file.name)}` }, extension(file.name) || icon("file", 20));
    return h("div.tray-file", { class: picture ? "tray-photo" : "", title: file.name }, face, !picture && h("span.tray-name", {}, file.name, h("small", {}, size(file.size))), remove);
  }

  #url(file) {
    if (!this.#urls.has(file)) this.#urls.set(file, URL.createObjectURL(file));
    return this.#urls.get(file);
  }
}
