// Which of its two languages the page speaks, and its words in that language.
import { WORDS } from "./words.js";

const KEY = "sandbox.language";
let current = localStorage.getItem(KEY) || (navigator.language.startsWith("bn") ? "bn" : "en");

export const language = () => current;

export function setLanguage(code) {
  current = code;
  localStorage.setItem(KEY, code);
  document.documentElement.lang = code;
}

/** The string for a key, with {names} filled in; an unknown key is shown as it is, so that it is noticed. */
export function t(key, values = {}) {
  const pair = WORDS[key];
  if (!pair) return key;
  return pair[current === "bn" ? 1 : 0].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
