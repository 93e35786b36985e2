// Inline results of "@bot query": a list or a grid of pictures, more pages as one goes down, the bot's own button on top.
import { api } from "./api.js";
import { h, icon } from "./dom.js";
import { refused } from "./overlays.js";
import { t } from "./strings.js";

const NEAR_PX = 120;

export class InlineResults {
  #turn = 0;
  #query = "";
  #next = "";
  #asking = false;
  #list = null;

  /** host: {person(), chat(), topic(), chosen(), start(parameter), show(elements, empty)} */
  constructor(host) {
    this.host = host;
  }

  /** Answers that come from now on belong to nobody. */
  forget() {
    this.#turn += 1;
    this.#asking = false;
  }

  async ask(query) {
    this.forget();
    const turn = this.#turn;
    this.#query = query;
    try {
      const answer = await this.#page("");
      if (turn !== this.#turn) return;
      const results = answer.results ?? [];
      this.#list = h("div.inline-list", { class: isGrid(results) ? "grid" : "" }, results.map((one) => this.#entry(one)));
      this.host.show([answer.button && this.#button(answer.button), results.length || !answer.button ? this.#list : null], results.length ? null : t("inline_empty"));
    } catch (error) {
      if (turn === this.#turn) refused(error);
    }
  }

  async #page(offset) {
    const answer = await api.inline({ person: this.host.person(), chat: this.host.chat(), query: this.#query, offset });
    this.#next = answer.next_offset ?? "";
    return answer;
  }

  /** The next page, when one has come near the end of this one. */
  async more(box = null) {
    const far = box && box.scrollHeight - box.scrollTop - box.clientHeight > NEAR_PX;
    if (far || !this.#next || this.#asking) return;
    const turn = this.#turn;
    this.#asking = true;
    try {
      const { results } = await this.#page(this.#next);
      if (turn === this.#turn) this.#list.append(...results.map((one) => this.#entry(one)));
    } catch (error) {
      if (turn === this.#turn) refused(error);
    }
    if (turn === this.#turn) this.#asking = false;
  }

  #button(button) {
    const act = () => this.host.start(button.start_parameter ?? null);
    return h("button.suggestion.inline-top", { type: "button", role: "option", tabindex: "-1", testid: "inline-button", onclick: act }, h("strong.grow", {}, button.text), icon("right", 16));
  }

  #entry(result) {
    const picture = [result.thumbnail_url, result.photo_url, result.thumbnail, result.url].find((url) => url?.startsWith?.("/"));
    const name = result.title ?? result.caption ?? result.first_name ?? result.id;
    return h("button.suggestion.inline-result", { type: "button", role: "option", tabindex: "-1", "aria-label": [name, result.description].filter(Boolean).join(", "), testid: "inline-result", onclick: () => this.#choose(result) },
      picture ? h("img", { src: picture, alt: "" }) : h("span.inline-mark", {}, icon(SIGNS[result.type] ?? "stall", 20)),
      h("span.grow", {}, h("strong", {}, name), result.description && h("span", {}, result.description)));
  }

  async #choose(result) {
    this.host.chosen();
    try {
      await api.choose({ person: this.host.person(), result: result.id, chat: this.host.chat(), topic: this.host.topic() });
    } catch (error) {
      refused(error);
    }
  }
}

const SIGNS = { document: "file", contact: "person", location: "place", venue: "place", video: "play", gif: "play", mpeg4_gif: "play", voice: "play", audio: "play" };
const isGrid = (results) => results.length > 0 && results.every((one) => ["photo", "gif", "sticker"].includes(one.type) && !one.title);
