// Media inside a bubble: photos and albums, videos, files, voice, stickers, contacts and places; and one line about each.
import { h, icon, clear } from "./dom.js";
import { digits, size, seconds } from "./format.js";
import { t } from "./strings.js";

const VISUAL = new Set(["photo", "video", "animation"]);
export const isVisual = (media) => VISUAL.has(media?.kind);

/** One medium. show(url) opens the viewer. */
export function renderMedia(media, show) {
  if (isVisual(media)) return h("div.photo", {}, visual(media, show));
  const make = { voice: sound, audio: sound, sticker, contact, location: place, venue: place, video_note: round, dice }[media.kind] ?? fileRow;
  return make(media);
}

/** Several photos and videos as a grid: one large and the rest small, or rows of two and three. */
export function renderAlbum(list, show) {
  return h("div.album", { class: `album-${Math.min(list.length, 10)}`, role: "group", "aria-label": t("album"), testid: "album" }, list.map((media) => visual(media, show)));
}

function visual(media, show) {
  if (media.kind !== "photo") {
    const props = { src: media.url, preload: "metadata", controls: true, playsinline: true, "aria-label": t(media.kind) };
    return h("div.tile", { style: ratio(media) }, h("video", props));
  }
  const image = h("img", { src: media.url, alt: media.name || t("photo"), loading: "lazy", decoding: "async" });
  return h("button.tile", { type: "button", "aria-label": t("open_photo"), testid: "photo", style: ratio(media), onclick: () => show(media.url) }, image);
}

/** Room is kept before the picture has loaded, so that the chat does not jump. */
function ratio(media) {
  if (!media.width || !media.height) return { "--ratio": "4 / 3" };
  const shape = Math.min(Math.max(media.width / media.height, 0.6), 2.4);
  return { "--ratio": String(shape), "--width": `${Math.round(Math.min(Math.max(media.width, 200), 420, 400 * shape))}px` };
}

/** The name under which a file is kept when it is downloaded. */
export function fileName(media) {
  return media.name || `${media.kind}-${String(media.file_unique_id ?? "").slice(-6)}.${ENDINGS[media.kind] ?? "bin"}`;
}

const ENDINGS = { photo: "jpg", video: "mp4", animation: "mp4", voice: "ogg", audio: "mp3", sticker: "webp" };

const KINDS = { pdf: "red", zip: "amber", rar: "amber", doc: "blue", docx: "blue", xls: "green", xlsx: "green", csv: "green", txt: "grey", svg: "violet", psd: "violet", ai: "violet" };

export function fileColour(name) {
  return KINDS[extension(name)] ?? "teal";
}

export function extension(name) {
  const match = /\.([\p{L}\d]{1,5})$/u.exec(name ?? "");
  return match ? match[1].toLowerCase() : "";
}

function fileRow(media) {
  const name = media.name || t(media.kind === "document" ? "document" : media.kind);
  const label = `${t("download")}: ${name}`;
  const mark = extension(name) || "";
  return h("a.file", { href: media.url, download: fileName(media), "aria-label": label, testid: "file" },
    h("span.file-icon", { class: `file-${fileColour(name)}` }, h("span.file-mark", {}, mark || icon("file", 22)), h("span.file-get", {}, icon("download", 20))),
    h("span.file-text", {}, h("span.file-name", {}, name), h("span.file-size", {}, size(media.size))));
}

function sound(media) {
  const audio = h("audio", { src: media.url, preload: "metadata" });
  const bar = h("span.sound-done");
  const time = h("span.sound-time", {}, seconds(media.duration));
  const button = h("button.sound-play", { type: "button", "aria-label": t("play") }, icon("play", 22));
  const draw = () => {
    clear(button, icon(audio.paused ? "play" : "pause", 22));
    button.setAttribute("aria-label", t(audio.paused ? "play" : "pause"));
    const length = Number.isFinite(audio.duration) ? audio.duration : media.duration || 0;
    bar.style.width = length ? `${(100 * audio.currentTime) / length}%` : "0";
    time.textContent = seconds(audio.currentTime || length);
  };
  for (const name of ["play", "pause", "ended", "timeupdate", "loadedmetadata"]) audio.addEventListener(name, draw);
  button.addEventListener("click", () => (audio.paused ? audio.play().catch(() => {}) : audio.pause()));
  return h("div.sound", {}, button, h("div.sound-text", {}, h("span.sound-track", {}, bar), h("span.sound-info", {}, [media.performer, media.title].filter(Boolean).join(" – ") || t(media.kind === "voice" ? "voice" : "audio"), " · ", time)), audio);
}

function sticker(media) {
  return h("img.sticker", { src: media.url, alt: media.name || t("sticker"), width: 176, height: 176 });
}

function round(media) {
  return h("video.round", { src: media.url, preload: "metadata", controls: true, playsinline: true, "aria-label": t("video_note") });
}

function dice(media) {
  return h("div.dice", { role: "img", "aria-label": `${media.emoji} ${digits(media.value)}`, title: digits(media.value) }, media.emoji);
}

function contact(media) {
  const phone = media.phone_number ?? media.phone ?? "";
  return h("div.card", {}, h("span.card-icon", {}, icon("person", 22)),
    h("span.file-text", {}, h("span.file-name", {}, [media.first_name, media.last_name].filter(Boolean).join(" ") || media.name || t("contact")), h("span.file-size", {}, phone)));
}

function place(media) {
  const at = [media.latitude, media.longitude].every(Number.isFinite) ? `${media.latitude.toFixed(4)}, ${media.longitude.toFixed(4)}` : "";
  return h("div.card", {}, h("span.card-icon", {}, icon("place", 22)),
    h("span.file-text", {}, h("span.file-name", {}, media.title || media.name || t("location")), h("span.file-size", {}, media.address || at)));
}

/** One line about a message, for the chat list, replies and the pinned bar. */
export function summary(message) {
  if (!message) return "";
  if (message.invoice) return `${t("invoice")}: ${message.invoice.title}`;
  if (message.poll) return `📊 ${message.poll.question}`;
  if (message.text) return message.text.replace(/\s+/g, " ");
  const kind = message.media?.kind;
  if (kind === "document") return message.media.name || t("document");
  if (kind) return t(kind);
  return "";
}
