// The words of the "Try it" guide: [English, Bengali]. person and chat say where a step's button leads:
// person = the beginning of a seeded person's name; chat = "bot" or "group".
export const GUIDE = {
  intro: [
    "One gig, told by both sides. Pick a person with the buttons; nothing leaves this computer.",
    "একটি কাজের গল্প, দুই পক্ষ থেকে। বোতাম দিয়ে মানুষ বেছে নিন; কিছুই এই কম্পিউটারের বাইরে যায় না।",
  ],
  again: ["Begin again", "আবার শুরু করুন"],
  steps: [
    {
      title: ["Offer something", "কিছু বিক্রির জন্য দিন"],
      text: ["Be Rahima, the seller. Press START (or send /start), then Sell, and answer the questions.", "বিক্রেতা রহিমা হোন। শুরু বোতাম চাপুন (বা /start পাঠান), তারপর বিক্রি চেপে প্রশ্নগুলোর উত্তর দিন।"],
      go: ["Be Rahima", "রহিমা হোন"],
      person: "Rahima",
      chat: "bot",
    },
    {
      title: ["Find it in the group", "গ্রুপে খুঁজে নিন"],
      text: ["Be Ann, the buyer. Open the group, find the topic and press the button under the announcement.", "ক্রেতা অ্যান হোন। গ্রুপ খুলে টপিকটি বের করুন, ঘোষণার নিচের বোতাম চাপুন।"],
      go: ["Be Ann", "অ্যান হোন"],
      person: "Ann",
      chat: "group",
    },
    {
      title: ["Pay with Stars", "স্টার দিয়ে পরিশোধ করুন"],
      text: ["Order, then press Pay on the invoice. The Stars are held until the work is accepted.", "অর্ডার করে ইনভয়েসের বোতামে পরিশোধ করুন। কাজ গ্রহণ না করা পর্যন্ত স্টার জমা থাকে।"],
      go: ["Ann's chat with the bot", "বটের সাথে অ্যানের চ্যাট"],
      person: "Ann",
      chat: "bot",
    },
    {
      title: ["Deliver the work", "কাজ জমা দিন"],
      text: ["Be Rahima again. Open the order, press Deliver, attach a file and finish with Done.", "আবার রহিমা হোন। অর্ডার খুলে জমা দিন চাপুন, ফাইল যোগ করুন, শেষে সম্পন্ন চাপুন।"],
      go: ["Be Rahima", "রহিমা হোন"],
      person: "Rahima",
      chat: "bot",
    },
    {
      title: ["Accept and review", "গ্রহণ করে মতামত দিন"],
      text: ["Be Ann. Look at the files and press Accept. Rahima is paid, and both may review.", "অ্যান হোন। ফাইলগুলো দেখে গ্রহণ করুন চাপুন। রহিমা টাকা পান, দুজনেই মতামত দিতে পারেন।"],
      go: ["Be Ann", "অ্যান হোন"],
      person: "Ann",
      chat: "bot",
    },
  ],
};
