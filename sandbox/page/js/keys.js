// The keyboard in rows and lists: arrows go to the neighbour, Home and End to the ends.
const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** Where the key leads among so many, from one of them; null when it is not such a key. */
export function stepTo(key, at, count) {
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  return key in STEPS ? (at + STEPS[key] + count) % count : null;
}

/** Let the arrow keys move among an element's parts; Tab still reaches each. */
export function arrows(element, selector = "button") {
  element.addEventListener("keydown", (event) => {
    const parts = [...element.querySelectorAll(selector)].filter((part) => part.offsetParent);
    const at = parts.indexOf(document.activeElement);
    const to = at < 0 ? null : stepTo(event.key, at, parts.length);
    if (to === null) return;
    event.preventDefault();
    parts[to].focus();
    parts[to].scrollIntoView({ block: "nearest", inline: "nearest" });
  });
  return element;
}
