"""What the demo's sellers offer: typed answers of the gig conversation, and pictures."""

from dataclasses import dataclass
from pathlib import Path

PICTURES = Path(__file__).with_name("demo_pictures")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One gig as its seller types it; `category` is the number of its button."""

    category: int
    title: str
    description: str
    picture: str
    price: str
    days: str
    revisions: str
    question: str | None

    def image(self) -> bytes:
        return (PICTURES / self.picture).read_bytes()


DESIGN, WRITING, TRANSLATION, PROGRAMMING, VIDEO = 0, 1, 2, 3, 5

OF_RAHIMA = (
    Offer(
        category=WRITING,
        title="আমি আপনার দোকানের জন্য দশটি ফেসবুক পোস্ট লিখে দেব",
        description=(
            "আপনার পণ্য আর ক্রেতাদের কথা জেনে সহজ, মন-ছোঁয়া বাংলায় দশটি পোস্ট। প্রতিটির সঙ্গে "
            "ছবির ভাবনা আর হ্যাশট্যাগ থাকবে। এক সপ্তাহের পোস্টের তালিকাও বানিয়ে দেব। ছবি তোলা বা "
            "বিজ্ঞাপন চালানো এর মধ্যে নেই।"
        ),
        picture="writing.png",
        price="২৫০",
        days="২",
        revisions="২",
        question="আপনার পেজের লিংক দিন, আর কোন পণ্য নিয়ে লিখব বলুন।",
    ),
    Offer(
        category=DESIGN,
        title="আমি আপনার দোকানের জন্য তিনটি লোগোর নকশা করে দেব",
        description=(
            "তিনটি আলাদা ভাবনা, হাতে আঁকা খসড়া থেকে শুরু। পছন্দেরটি SVG আর PNG ফাইলে পাবেন, সাদা ও "
            "কালো দুই রকম ব্যাকগ্রাউন্ডের জন্য। সঙ্গে থাকবে রঙের তালিকা আর সাইনবোর্ডে বসানোর একটি "
            "নমুনা। ছাপানোর কাজ এর মধ্যে নেই।"
        ),
        picture="logo.png",
        price="৫০০",
        days="৩",
        revisions="২",
        question="দোকানের নাম কী, কোন রং পছন্দ, আর লোগোটি কোথায় ব্যবহার করবেন?",
    ),
    Offer(
        category=TRANSLATION,
        title="আমি দুই পাতা ইংরেজি থেকে বাংলায় অনুবাদ করে দেব",
        description=(
            "চিঠি, নোটিশ, ওয়েবসাইটের লেখা বা পড়ার নোট: এমন বাংলা, যা পড়ে অনুবাদ মনে হয় না। Word আর "
            "PDF দুই রকম ফাইলেই পাবেন। আইনি সত্যায়ন এর মধ্যে নেই।"
        ),
        picture="translation.png",
        price="১৫০",
        days="১",
        revisions="১",
        question="যে লেখাটি অনুবাদ করতে হবে তা এখানে দিন।",
    ),
)

OF_KARIM = (
    Offer(
        category=PROGRAMMING,
        title="I will build a small Telegram bot for your shop",
        description=(
            "A bot that answers your customers, takes orders with name, address and phone, and "
            "sends you a list every evening. You get the code, a page on how to run it, and help "
            "for a week. Hosting costs are not included."
        ),
        picture="bot.png",
        price="1500",
        days="7",
        revisions="3",
        question="What do you sell, and which three questions do customers ask most?",
    ),
    Offer(
        category=VIDEO,
        title="আমি আপনার ফুটেজ কেটে এক মিনিটের রিল বানিয়ে দেব",
        description=(
            "ফোনে তোলা ফুটেজ দিলেই হবে। কাটা, রং ঠিক করা, বাংলা সাবটাইটেল আর মানানসই সুর সহ এক "
            "মিনিটের একটি রিল, ফেসবুক ও ইউটিউবের মাপে। শুটিং এর মধ্যে নেই।"
        ),
        picture="video.png",
        price="৪০০",
        days="২",
        revisions="১",
        question=None,
    ),
)
