// Links: which addresses may be opened at all, and the deep links that stay inside the page.

const OPENABLE = new Set(["http:", "https:", "mailto:", "tel:", "tg:"]);

/** The address if it may be opened, else null (javascript: and friends). */
export function safeUrl(url) {
  try {
    const parsed = new URL(url);
    return OPENABLE.has(parsed.protocol) ? parsed.href : null;
  } catch {
    return null;
  }
}

/**
 * {start, prepared} for a link to this bot's private chat (t.me/<bot>?start=x, tg://resolve?domain=<bot>&start=x), else null.
 * There are no mini apps here: t.me/<bot>?prepared=<id> stands for one that shares a prepared message.
 */
export function botLink(url, username) {
  const safe = safeUrl(url);
  if (!safe || !username) return null;
  const parsed = new URL(safe);
  const name = parsed.protocol === "tg:" ? parsed.searchParams.get("domain") : tMeName(parsed);
  if (name?.toLowerCase() !== username.toLowerCase()) return null;
  if (parsed.searchParams.has("startgroup") || parsed.searchParams.has("startchannel")) return null;
  return { start: parsed.searchParams.get("start"), prepared: parsed.searchParams.get("prepared") };
}

/** A link to an invoice: t.me/$slug or t.me/invoice/slug. */
export function invoiceLink(url) {
  return /^https:\/\/t\.me\/(\$|invoice\/)[\w-]+$/.test(url);
}

function tMeName(parsed) {
  if (!["t.me", "telegram.me", "www.t.me"].includes(parsed.hostname)) return null;
  const parts = parsed.pathname.split("/").filter(Boolean);
  return parts.length === 1 ? parts[0] : null;
}

export function openOutside(url) {
  const safe = safeUrl(url);
  if (safe && !safe.startsWith("tg:")) window.open(safe, "_blank", "noopener,noreferrer");
}
