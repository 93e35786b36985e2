// Reactions: the chips under a message, and the row of emoji over its menu.
import { h, icon } from "./dom.js";
import { digits } from "./format.js";
import { place } from "./overlays.js";
import { t } from "./strings.js";

// The emoji that may be reactions (Bot API, ReactionTypeEmoji), the usual ones first.
export const EMOJI = [
  ..."👍❤🔥🎉👏😁😢👎🥰🤔🤯😱🤬🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳",
  "❤‍🔥", ..."🌚🌭💯🤣⚡🍌🏆💔🤨😐🍓🍾💋🖕😈😴😭🤓👻", "👨‍💻",
  ..."👀🎃🙈😇😨🤝✍🤗🫡🎅🎄☃💅🤪🗿🆒💘🙉🦄😘💊🙊😎👾", "🤷‍♂", "🤷", "🤷‍♀", "😡",
];
const QUICK = 7;

/** An emoji as it is drawn in colour; what is sent has no such mark. */
const drawn = (emoji) => (/^[❤⚡✍☃🕊]$/u.test(emoji) ? `${emoji}\uFE0F` : emoji);

/** reactions: [{emoji, count, mine}]; act(emoji or null) sets one's own. */
export function reactionChips(reactions, act) {
  if (!reactions?.length) return null;
  return h("div.reactions", { role: "group", "aria-label": t("reactions") }, reactions.map(({ emoji, count, mine }) =>
    h("button.reaction", { type: "button", testid: "reaction", "aria-pressed": String(Boolean(mine)), "aria-label": `${drawn(emoji)} ${digits(count)}`, onclick: () => act(mine ? null : emoji) },
      h("span.reaction-emoji", {}, drawn(emoji)), h("span", {}, digits(count)))));
}

/** For menuAt: a row of seven, and a button that unfolds all of them. */
export function reactionBar(reactions, act) {
  const mine = (reactions ?? []).find((one) => one.mine)?.emoji ?? null;
  return (close) => {
    const button = (emoji) => h("button.react", { type: "button", role: "menuitemradio", "aria-checked": String(emoji === mine), "aria-label": drawn(emoji), testid: `react-${emoji}`, onclick: () => { close(); act(emoji === mine ? null : emoji); } }, drawn(emoji));
    const rest = h("div.react-rest", { hidden: true });
    const unfold = h("button.react.react-more", { type: "button", role: "menuitem", "aria-label": t("more_reactions"), title: t("more_reactions"), testid: "react-more" }, icon("down", 20));
    unfold.addEventListener("click", () => {
      rest.append(...EMOJI.slice(QUICK).map(button));
      rest.hidden = false;
      const menu = unfold.closest(".popup");
      unfold.remove();
      place(menu, menu.offsetLeft, menu.offsetTop);
      rest.firstElementChild.focus();
    });
    return h("div.react-bar", { role: "group", "aria-label": t("react") }, h("div.react-row", {}, EMOJI.slice(0, QUICK).map(button), unfold), rest);
  };
}
