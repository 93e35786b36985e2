// The words of the "Try it" guide: [English, Bengali]. person, chat and topic say where a step's button leads:
// person = the beginning of a seeded person's name; chat = "bot" or "group"; topic = a part of its name.
// Buttons are named as the bot of the demo names them: Rahima reads Bengali, Ann English.
export const GUIDE = {
  intro: [
    "The story of one gig, told by both sides. Days are minutes here, Stars are play money, and nothing leaves this computer.",
    "একটি গিগের গল্প, দুই পক্ষ থেকে। এখানে দিন মানে মিনিট, স্টারগুলো খেলার টাকা, আর কোনো কিছুই এই কম্পিউটারের বাইরে যায় না।",
  ],
  again: ["Begin again", "আবার শুরু করুন"],
  steps: [
    {
      title: ["Offer a gig", "গিগ দিন"],
      text: [
        "Be Rahima, a seller. The bot speaks Bengali to her; /language changes that. Send /sell, answer the eight questions and press “প্রকাশ করুন” (Publish). Or go on: five gigs are out already.",
        "বিক্রেতা রহিমা হোন। /sell পাঠান, আটটি প্রশ্নের উত্তর দিন, তারপর “প্রকাশ করুন” চাপুন। চাইলে এগিয়ে যান: পাঁচটি গিগ আগে থেকেই আছে।",
      ],
      go: ["Be Rahima", "রহিমা হোন"],
      person: "Rahima",
      chat: "bot",
    },
    {
      title: ["Find it in the group", "গ্রুপে খুঁজে নিন"],
      text: [
        "Be Ann, a buyer. The group has a topic for each category; this one is Design. Press “Order” under the announcement.",
        "ক্রেতা অ্যান হোন। গ্রুপে প্রতি বিভাগের একটি টপিক আছে; এটি ডিজাইন। ঘোষণার নিচে “অর্ডার করুন” চাপুন।",
      ],
      go: ["Be Ann", "অ্যান হোন"],
      person: "Ann",
      chat: "group",
      topic: "Design",
    },
    {
      title: ["Order and pay", "অর্ডার করুন, পেমেন্ট করুন"],
      text: [
        "Press “Order for …”, then “Order and pay …”, then “Pay …” under the invoice, within three minutes. The Stars are held now. Press “Answer the question”, write, and finish with “Done”: the work begins.",
        "“Order for …”, তারপর “Order and pay …” চাপুন, এরপর তিন মিনিটের মধ্যে ইনভয়েসের নিচে “Pay …” চাপুন। স্টার এখন জমা রইল। “Answer the question” চেপে উত্তর লিখুন, শেষে “Done” চাপুন: কাজ শুরু হবে।",
      ],
      go: ["Ann's chat with the bot", "বটের সঙ্গে অ্যানের চ্যাট"],
      person: "Ann",
      chat: "bot",
    },
    {
      title: ["Deliver the work", "কাজ ডেলিভারি দিন"],
      text: [
        "Be the seller again. Under the order's message press “ডেলিভারি দিন” (Deliver), send a few words and files with the paper clip, and finish with “হয়ে গেছে” (Done).",
        "আবার বিক্রেতা হোন। অর্ডারের মেসেজের নিচে “ডেলিভারি দিন” চাপুন, কিছু লেখা আর ক্লিপ চেপে ফাইল পাঠান, শেষে “হয়ে গেছে” চাপুন।",
      ],
      go: ["Be Rahima", "রহিমা হোন"],
      person: "Rahima",
      chat: "bot",
    },
    {
      title: ["Accept and review", "বুঝে নিন, রিভিউ দিন"],
      text: [
        "Be Ann. Look at the files, press “Accept” and “Yes, accept”, and give stars. Silence for three minutes accepts as well.",
        "অ্যান হোন। ফাইলগুলো দেখে “Accept”, তারপর “Yes, accept” চাপুন, আর তারা দিন। তিন মিনিট কিছু না জানালেও ধরে নেওয়া হয়, বুঝে নিয়েছেন।",
      ],
      go: ["Be Ann", "অ্যান হোন"],
      person: "Ann",
      chat: "bot",
    },
    {
      title: ["Look into the wallet", "ওয়ালেট দেখুন"],
      text: [
        "Be Rahima and send /wallet: her share is clearing, and two minutes later it is available. Olivia, the operator, has /admin.",
        "রহিমা হয়ে /wallet পাঠান: তাঁর ভাগ অপেক্ষায় আছে, দুই মিনিট পরে তা তোলা যাবে। পরিচালক অলিভিয়ার জন্য আছে /admin।",
      ],
      go: ["Be Rahima", "রহিমা হোন"],
      person: "Rahima",
      chat: "bot",
    },
  ],
};
