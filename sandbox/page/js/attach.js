// What the paper clip offers: files, a poll, one's place and one's phone number.
import { api } from "./api.js";
import { menuAt, refused } from "./overlays.js";
import { pollForm } from "./poll.js";
import { DHAKA, phoneOf } from "./requests.js";
import { t } from "./strings.js";

/** where: {person, chat, topic} of what is said; files() opens the chooser. */
export function attachMenu({ x, y }, { files, me, where }) {
  const say = async (content) => {
    try {
      if (content) await api.say({ ...where, ...content });
    } catch (error) {
      refused(error);
    }
  };
  const entry = (name, icon, act) => ({ label: t(name), icon, act, testid: `attach-${name}` });
  menuAt(x, y, [
    entry("files", "file", files),
    entry("poll", "poll", async () => say(await pollForm().then((poll) => poll && { poll }))),
    entry("location", "place", () => say({ location: DHAKA })),
    entry("contact", "person", () => say({ contact: { phone_number: phoneOf(me), first_name: me.name, user_id: me.id } })),
  ], { label: t("attach") });
}
