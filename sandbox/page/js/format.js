// Times, sizes and amounts as text in the page's language; Bengali gets Bengali digits.
import { language, t } from "./strings.js";

// The sandbox's clock may run ahead of this computer's.
let offset = 0;
export const setOffset = (ms) => { offset = ms || 0; };
const present = () => new Date(Date.now() + offset);

const BENGALI = "০১২৩৪৫৬৭৮৯";

export function digits(value) {
  const text = String(value);
  return language() === "bn" ? text.replace(/[0-9]/g, (digit) => BENGALI[digit]) : text;
}

const locale = () => (language() === "bn" ? "bn-BD" : "en-GB");

// Browsers write January and February the old way; the Bangla Academy ends them in a short i.
const spelt = (text) => digits(text.replaceAll("ারী", "ারি"));

export function clock(seconds) {
  const text = new Date(seconds * 1000).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  return digits(text);
}

const dayKey = (date) => `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`;
export const sameDay = (a, b) => dayKey(new Date(a * 1000)) === dayKey(new Date(b * 1000));

export function day(seconds) {
  const date = new Date(seconds * 1000);
  const now = present();
  const yesterday = new Date(now.getTime() - 86_400_000);
  if (dayKey(date) === dayKey(now)) return t("today");
  if (dayKey(date) === dayKey(yesterday)) return t("yesterday");
  const year = date.getFullYear() === now.getFullYear() ? undefined : "numeric";
  return spelt(date.toLocaleDateString(locale(), { day: "numeric", month: "long", year }));
}

/** For the chat list: the time today, else the day. */
export function shortTime(seconds) {
  const date = new Date(seconds * 1000);
  if (dayKey(date) === dayKey(present())) return clock(seconds);
  return spelt(date.toLocaleDateString(locale(), { day: "numeric", month: "short" }));
}

export const fullTime = (seconds) => spelt(new Date(seconds * 1000).toLocaleString(locale()));

/** The sandbox's present moment. */
export const exactTime = () => `${spelt(present().toLocaleDateString(locale(), { day: "numeric", month: "long", year: "numeric" }))}, ${clockExact(present())}`;
export const clockExact = (ms) => digits(new Date(ms).toLocaleTimeString("en-GB"));

export function size(bytes) {
  if (!Number.isFinite(bytes)) return "";
  const units = ["size_b", "size_kb", "size_mb"];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < 2) [value, unit] = [value / 1024, unit + 1];
  return `${digits(unit && value < 10 ? value.toFixed(1) : Math.round(value))} ${t(units[unit])}`;
}

/** Western thousands in English, lakh grouping in Bengali. */
export function number(value) {
  return digits(Number(value || 0).toLocaleString(language() === "bn" ? "en-IN" : "en-US"));
}

/** An invoice amount: whole Stars, or minor units of another currency. */
export function amount(value, currency) {
  if (currency === "XTR") return number(value);
  const sign = currency === "BDT" ? "৳" : `${currency} `;
  return sign + number(value / 100);
}

export function seconds(total) {
  const whole = Math.max(0, Math.floor(total || 0));
  return digits(`${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`);
}
