// Polls: a poll inside a bubble, and the form that makes one.
import { h, icon } from "./dom.js";
import { digits } from "./format.js";
import { dialog } from "./overlays.js";
import { t } from "./strings.js";

const OPTIONS = 12;

/** act(options) votes with these numbers; an empty list takes the vote back. */
export function renderPoll(poll, act) {
  const voted = poll.options.some((option) => option.mine);
  const shown = voted || poll.closed;
  const chosen = new Set();
  const vote = h("button.poll-vote", { type: "button", testid: "poll-vote", disabled: true, onclick: () => act([...chosen]) }, t("vote"));
  const press = (index, button) => {
    if (!poll.multiple) return act([index]);
    chosen.has(index) ? chosen.delete(index) : chosen.add(index);
    button.setAttribute("aria-checked", String(chosen.has(index)));
    vote.disabled = !chosen.size;
  };
  return h("div.poll", { testid: "poll" },
    h("strong.poll-question", { dir: "auto" }, poll.question), h("small.poll-kind", {}, kind(poll)),
    h("div.poll-options", { role: poll.multiple ? "group" : "radiogroup", "aria-label": poll.question }, poll.options.map((option, index) => (shown ? result(poll, option, index) : choice(poll, option, index, press)))),
    poll.explanation && h("p.poll-why", {}, poll.explanation),
    h("div.poll-foot", {}, poll.multiple && !shown ? vote : h("small", {}, total(poll))));
}

function kind(poll) {
  if (poll.closed) return t("poll_closed");
  const name = poll.quiz ? (poll.anonymous ? "quiz_anonymous" : "quiz") : poll.anonymous ? "poll_anonymous" : "poll_public";
  return t(name);
}

const total = (poll) => (poll.total ? t(poll.quiz ? "answered" : "voted", { n: digits(poll.total) }) : t("no_votes"));
const words = (option) => option.text?.text ?? option.text;

function choice(poll, option, index, press) {
  const button = h("button.poll-option", { type: "button", role: poll.multiple ? "checkbox" : "radio", "aria-checked": "false", testid: `vote-${index}` },
    h("i.poll-mark", { class: poll.multiple ? "square" : "" }, icon("check", 13)), h("span.grow", { dir: "auto" }, words(option)));
  button.addEventListener("click", () => press(index, button));
  return button;
}

function result(poll, option, index) {
  const share = poll.total ? Math.round((100 * option.voters) / poll.total) : 0;
  const right = poll.quiz && (poll.correct_options ?? []).includes(index);
  const wrong = poll.quiz && option.mine && poll.correct_options?.length > 0 && !right;
  const mark = right ? "right" : wrong ? "wrong" : option.mine ? "mine" : "";
  return h("div.poll-result", { class: mark, testid: `result-${index}`, role: "img", "aria-label": `${words(option)}: ${digits(share)}%${option.mine ? `, ${t("your_vote")}` : ""}` },
    h("span.poll-share", {}, `${digits(share)}%`),
    h("span.grow", {}, h("span.poll-text", { dir: "auto" }, words(option)), h("span.poll-line", {}, mark && h("i.poll-mark", {}, icon(wrong ? "close" : "check", 11)), h("span.poll-bar", {}, h("span", { style: { width: `${share}%` } })))));
}

/** A vote can be taken back where the poll allows it. */
export const canRetract = (poll) => Boolean(poll && !poll.closed && poll.revoting && poll.options.some((option) => option.mine));

/**
 * The form of a new poll; answers {question, options, multiple, anonymous, correct?} or null.
 * type: "quiz" or "regular", when a keyboard button allows only that.
 */
export function pollForm(type = null) {
  return dialog((done) => new PollForm(type, done).element, { testid: "poll-form" });
}

class PollForm {
  constructor(type, done) {
    this.question = h("input", { name: "question", required: true, maxlength: 300, testid: "poll-question" });
    this.rows = h("div.poll-rows");
    this.multiple = check("multiple");
    this.anonymous = check("anonymous", true);
    this.quiz = check("quiz", type === "quiz");
    this.quiz.addEventListener("change", () => this.#show());
    this.several = h("label.check", {}, this.multiple, t("several_answers"));
    this.done = done;
    this.element = h("form.form", { onsubmit: (event) => this.#submit(event) },
      h("p.dialog-title", {}, t("new_poll")), h("label.field", {}, h("span", {}, t("question")), this.question),
      h("div.field", { role: "group", "aria-label": t("answers") }, h("span", {}, t("answers")), this.rows),
      h("label.check", {}, this.anonymous, t("anonymous_votes")), this.several, type ? null : h("label.check", {}, this.quiz, t("one_is_right")),
      h("div.dialog-row", {}, h("button.quiet", { type: "button", onclick: () => done(null) }, t("cancel")), h("button.primary", { type: "submit", testid: "submit" }, t("send"))));
    this.#add();
    this.#add();
  }

  /** An empty row always waits for one more answer. */
  #add() {
    const label = t("poll_option", { n: digits(this.rows.children.length + 1) });
    const more = () => this.rows.lastElementChild.lastElementChild.value && this.rows.children.length < OPTIONS && this.#add();
    const right = h("input", { type: "radio", name: "right", checked: !this.rows.children.length, "aria-label": `${t("right_answer")}: ${label}` });
    this.rows.append(h("div.poll-row", {}, right, h("input", { name: "option", maxlength: 100, "aria-label": label, placeholder: label, testid: "poll-option", oninput: more })));
    this.#show();
  }

  #show() {
    for (const row of this.rows.children) row.firstElementChild.hidden = !this.quiz.checked;
    this.several.hidden = this.quiz.checked;
  }

  #submit(event) {
    event.preventDefault();
    const filled = [...this.rows.children].map((row) => ({ text: row.lastElementChild.value.trim(), right: row.firstElementChild.checked })).filter((one) => one.text);
    if (filled.length < 2) return this.rows.children[filled.length].lastElementChild.focus();
    const quiz = this.quiz.checked;
    return this.done({
      question: this.question.value.trim(), options: filled.map((one) => one.text), anonymous: this.anonymous.checked,
      multiple: !quiz && this.multiple.checked, ...(quiz && { correct: Math.max(0, filled.findIndex((one) => one.right)) }),
    });
  }
}

const check = (name, checked = false) => h("input", { type: "checkbox", name, checked });
