// One message at a time is in the Tab order, with what is pressed inside it; the arrow keys go to the next.
const INSIDE = "button, a, input, video, [role=button]";

export class Roving {
  #current = null;

  /** act(article): Enter or the menu key on a message. */
  constructor(flow, act) {
    this.flow = flow;
    flow.addEventListener("focusin", (event) => this.#enter(event.target.closest(".message")));
    flow.addEventListener("keydown", (event) => this.#key(event, act));
  }

  /** What has the focus, before the messages are drawn again. */
  remember() {
    const article = document.activeElement?.closest?.(".message");
    if (!article || !this.flow.contains(article)) return null;
    return { article, id: article.dataset.messageId, part: parts(article).indexOf(document.activeElement) };
  }

  /** After drawing: new messages leave the Tab order, and the focus goes where it was. */
  settle(before) {
    const all = this.#all();
    for (const article of all) if (article.tabIndex !== -1 || !article.dataset.quiet) reach(article, false);
    const kept = before && all.find((article) => article.dataset.messageId === before.id);
    const current = kept ?? (all.includes(this.#current) ? this.#current : all.at(-1));
    if (current) reach(current, true);
    this.#current = current ?? null;
    if (before && !before.article.isConnected) (parts(kept)[before.part] ?? current)?.focus({ preventScroll: true });
  }

  focusLast() {
    this.#all().at(-1)?.focus();
  }

  #all() {
    return [...this.flow.querySelectorAll(".message")];
  }

  #enter(article) {
    if (!article || article === this.#current) return;
    if (this.#current) reach(this.#current, false);
    reach(article, true);
    this.#current = article;
  }

  #key(event, act) {
    const article = event.target.closest(".message");
    if (!article || event.defaultPrevented) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      const all = this.#all();
      const next = all[all.indexOf(article) + step];
      next?.focus({ preventScroll: true });
      next?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" && event.target === article) act(article);
    else return;
    event.preventDefault();
  }
}

const parts = (article) => (article ? [...article.querySelectorAll(INSIDE)] : []);

function reach(article, on) {
  article.dataset.quiet = on ? "" : "yes";
  for (const part of [article, ...parts(article)]) part.tabIndex = on ? 0 : -1;
}
