// The /control interface of the sandbox: one function per call. A refusal becomes an Error with the server's words.
async function answer(response) {
  const text = await response.text();
  let body = null;
  try {
    body = text ? JSON.parse(text) : null;
  } catch {
    body = { error: text.slice(0, 200) };
  }
  if (!response.ok) {
    const refusal = new Error(body?.error || body?.description || `${response.status} ${response.statusText}`);
    refusal.status = response.status;
    throw refusal;
  }
  return body;
}

async function get(path, query = {}) {
  const url = new URL(`/control/${path}`, location.origin);
  for (const [key, value] of Object.entries(query)) if (value !== null && value !== undefined) url.searchParams.set(key, value);
  return answer(await fetch(url));
}

async function post(path, body) {
  const kept = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null && value !== undefined));
  return answer(await fetch(`/control/${path}`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(kept) }));
}

export const api = {
  world: () => get("world"),
  transcript: (query) => get("transcript", query),
  about: (person) => get("menu", { person }),
  link: (link) => get("link", { link }),
  commands: (person) => get("commands", { person }),
  calls: (after) => get("calls", { after }),
  lint: () => get("lint"),
  faults: () => get("faults"),
  fault: (body) => post("faults", body),
  clearFaults: () => post("faults/clear", {}),
  flood: (active) => post("flood", { active }),
  floodState: () => get("flood"),
  time: () => get("clock"),
  clock: (body) => post("clock", body),
  say: (body) => post("say", body),
  edit: (body) => post("edit", body),
  tap: (body) => post("tap", body),
  pay: (body) => post("pay", body),
  inline: (body) => post("inline", body),
  choose: (body) => post("choose", body),
  react: (body) => post("react", body),
  vote: (body) => post("vote", body),
  delete: (body) => post("delete", body),
  pin: (body) => post("pin", body),
  share: (body) => post("share", body),
  prepared: (query) => get("prepared", query),
  person: (body) => post("people", body),
  chat: (body) => post("chats", body),
  reset: () => post("reset", {}),
  member: (body) => post("member", body),
  topic: (body) => post("topics", body),

  /** Send files as one message; more than one part named "album" makes an album. */
  async upload(fields, parts) {
    const form = new FormData();
    for (const [key, value] of Object.entries(fields)) if (value !== null && value !== undefined && value !== "") form.append(key, value);
    for (const { kind, file } of parts) form.append(kind, file, file.name);
    return answer(await fetch("/control/say", { method: "POST", body: form }));
  },
};
