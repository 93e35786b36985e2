"""Contact data and invitations to leave are found; what people write about their work passes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from market.outside import Finding, Trace, found

_P, _E, _H = Trace.PHONE, Trace.EMAIL, Trace.HANDLE
_L, _W, _O = Trace.LINK, Trace.WALLET, Trace.OUTSIDE

CAUGHT = [
    # Phone numbers in figures
    (_P, "01712345678"),
    (_P, "my no is 01812-345678"),
    (_P, "+8801912345678"),
    (_P, "88 017 123 45 678 e kotha"),
    (_P, "০১৭১২৩৪৫৬৭৮"),
    (_P, "০১৭১২-৩৪৫ ৬৭৮ এ জানাবেন"),
    (_P, "০১৭12৩৪৫৬৭৮"),
    (_P, "0.1.7.1.2.3.4.5.6.7.8"),
    (_P, "0 1 7 1 2 3 4 5 6 7 8"),
    (_P, "0️⃣1️⃣7️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣"),
    (_P, "０１７１２３４５６７８"),
    (_P, "017\u200b1234\u200b5678"),
    (_P, "o1712345678"),
    (_P, "017_1234_5678"),
    (_P, "rocket 01712345678-9"),
    (_P, "+44 20 7946 0958"),
    (_P, "+1 (415) 555-2671"),
    (_P, "(415) 555-2671"),
    (_P, "0091 98765 43210"),
    (_P, "mobile: 98765 43210"),
    (_P, "ফোন: ০২-৫৫৬৬৭৭৮৮৯"),
    (_P, "01/7123/45678"),
    # Phone numbers in words
    (_P, "zero one seven one two three four five six seven eight"),
    (_P, "Zero-One-Seven, one two three, four five six seven eight"),
    (_P, "zeroonesevenonetwothreefourfive six seven eight"),
    (_P, "oh one seven double two three four five six seven"),
    (_P, "017 one two 345 six 78"),
    (_P, "০১৭ এক দুই তিন ৪৫৬৭৮"),
    (_P, "শূন্য এক সাত এক দুই তিন চার পাঁচ ছয় সাত আট"),
    (_P, "জিরো ওয়ান সেভেন ওয়ান টু থ্রি ফোর ফাইভ সিক্স সেভেন এইট"),
    (_P, "জিরো ওয়ান সেভেন ডাবল এইট থ্রি ফোর ফাইভ সিক্স"),
    (_P, "shunno ek shat ek dui tin char pach choy shat at"),
    (_P, "sunno ek noy at saat choi panch chaar teen dui ek"),
    (_P, "zero ek 7 এক two তিন 4 pach ছয় seven ৮"),
    (_P, "plus eight eight zero one seven one two three"),
    # E-mails
    (_E, "rahim.dev@gmail.com"),
    (_E, "write to RAHIM@Example.CO.UK please"),
    (_E, "rahim at gmail dot com"),
    (_E, "rahim [at] outlook [dot] com"),
    (_E, "rahim(at)gmail.com"),
    (_E, "rahim at the rate gmail dot com"),
    (_E, "রহিম অ্যাট জিমেইল ডট কম"),
    (_E, "rahim99 at gmail"),
    (_E, "rahim@জিমেইল"),
    # Names and links
    (_H, "@rahim_dev"),
    (_H, "আমি টেলিগ্রাম@rahim_dev"),
    (_H, "find me: @Rahim1990!"),
    (_H, "telegram id rahimdev"),
    (_H, "insta: rahim.designs"),
    (_H, "টেলিগ্রাম আইডি rahimdev"),
    (_L, "t.me/rahim_dev"),
    (_L, "https://t.me/+AbCdEf"),
    (_L, "t . me / rahim"),
    (_L, "t dot me slash rahim"),
    (_L, "wa.me/8801712345678"),
    (_L, "https://rahim.example/portfolio"),
    (_L, "www.rahimdesign.com"),
    (_L, "rahimdesign.com.bd দেখুন"),
    (_L, "fb.com/rahim.dev"),
    (_L, "rahim dot com"),
    (_L, "রহিম ডট কম"),
    (_L, "tg://resolve?domain=rahim"),
    # Wallets
    (_W, "EQCD39VS5jcptHL8vMjEXrzGaRcCVYto7HUn4bpAOg8xqB2N"),
    (_W, "0:" + "ab12" * 16),
    (_W, "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"),
    (_W, "send to 0xdAC17F958D2ee523a2206206994597C13D831ec7"),
    (_W, "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq"),
    (_W, "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2"),
    # Invitations
    (_O, "telegram e ashen"),
    (_O, "whatsapp"),
    (_O, "WhatsApp?"),
    (_O, "whatsapp e knock den"),
    (_O, "imo te kotha boli"),
    (_O, "inbox e asen"),
    (_O, "bkash e pathan"),
    (_O, "bikash koren ami kaj dichi"),
    (_O, "nagad e taka den"),
    (_O, "baire payment korle kom lagbe"),
    (_O, "apnar number ta den"),
    (_O, "amar whatsapp number nen"),
    (_O, "call diyen"),
    (_O, "বিকাশে পাঠান"),
    (_O, "নগদে টাকা দিন"),
    (_O, "বিকাশ করেন ভাই"),
    (_O, "টেলিগ্রামে আসেন কথা বলি"),
    (_O, "হোয়াটসঅ্যাপে মেসেজ দিন"),
    (_O, "আপনার নম্বরটা দেন"),
    (_O, "আপনার ফোন নম্বর কত?"),
    (_O, "নাম্বার দেন"),
    (_O, "বাইরে লেনদেন করলে কম লাগবে"),
    (_O, "সরাসরি টাকা পাঠান"),
    (_O, "একটা কল দিন"),
    (_O, "কমিশন বাঁচাতে চাই"),
    (_O, "pay me directly"),
    (_O, "Let's talk on Telegram"),
    (_O, "contact me on WhatsApp"),
    (_O, "can we move to messenger? let us go to messenger"),
    (_O, "message me in telegram"),
    (_O, "give me your number"),
    (_O, "what is your whatsapp number"),
    (_O, "I can send the money via bKash"),
    (_O, "send it to me by paypal"),
    (_O, "we do it outside the platform"),
    (_O, "let us avoid the fee"),
    (_O, "cancel here and order direct from me"),
    (_O, "dm me"),
    (_O, "call me tomorrow"),
    (_O, "my email is on my card"),
]

INNOCENT = [
    # Prices and amounts
    "500",
    "৫০০ টাকা",
    "The price is 1,250 Stars, 10 % of it is the fee",
    "১২,৫০,০০০ টাকা",
    "1 000 000 views",
    "৳৫০০ থেকে ৳১৫০০",
    "budget 5000-7000 BDT",
    "250⭐ for two, 400⭐ for four",
    "+10% extra for the weekend",
    "Paid 1500 of 3000, 1500 left",
    # Sizes and colours
    "1920x1080",
    "1920×1080, 300 dpi, 16:9",
    "১০৮০x১৯২০ পিক্সেল",
    "#FF8800 and #017171",
    "rgb(255, 136, 0)",
    "210 x 297 mm, bleed 3 mm",
    "mobile 1080 1920",
    "500 words, 12 pages, 3 chapters",
    "file is 20971520 bytes",
    "viewBox 0 0 1200 1600",
    "12pt, 14pt, 18pt, 24pt",
    # Dates and times
    "01.12.2026",
    "2026-11-24 15:40",
    "01-03-2026 to 15-03-2026",
    "২৪ নভেম্বর ২০২৬, রাত ৯টা",
    "24/11/2026 09:00 – 25/11/2026 18:00",
    "due in 3 days, by 6 pm",
    "৩ দিনের মধ্যে দেব, শুক্রবার ছাড়া",
    "1790000000000",
    "from 10:30 to 11:45",
    # Versions, numbers of things, code
    "v1.2.3",
    "Python 3.11.4 and Node 20.10.0",
    "order #A7",
    "Order 12345678, invoice INV-2026-000123",
    "order number din",
    "অর্ডার নম্বর দিন",
    "ISBN 978-3-16-148410-0",
    "550e8400-e29b-41d4-a716-446655440000",
    "d41d8cd98f00b204e9800998ecf8427e",
    "3a52ce780950d4d969792a2559cd519d7ee8c727",
    "@media (max-width: 600px) { @import url }",
    "decorate it with @property or @staticmethod",
    "npm i @types/node @babel/core",
    "self.bot.send(order.id)",
    "ASP.NET and Node.js and Vue.js, also socket.io",
    "0x1F4A9 is an emoji",
    # Names of files
    "icon@2x.png",
    "logo_final_v2.ai, logo.svg, logo-3.psd",
    "README.md and index.html and main.py",
    "report.2026.pdf",
    "IMG_20261124_154000.jpg",
    "ছবি_০১.png",
    # Talk about the work
    "One logo in two colours, three sizes, four formats",
    "এক, দুই, তিন — তিনটি রং চাই",
    "ek dui din lagbe",
    "dui ta logo, tin ta banner, char ta post",
    "Please add a Telegram sticker set with 12 stickers",
    "fix my telegram bot please",
    "টেলিগ্রাম বটের জন্য লোগো চাই",
    "WhatsApp button on the landing page",
    "a WhatsApp sticker pack",
    "হোয়াটসঅ্যাপ বাটন লাগবে",
    "add bKash payment to my shop",
    "বিকাশ পেমেন্ট অপশন যোগ করে দিন",
    "শিশুর মেধার বিকাশ নিয়ে একটি লেখা চাই",
    "Customers pay directly on the site",
    "Instagram: reels and stories",
    "ফেসবুকে পোস্ট করার জন্য ব্যানার",
    "Facebook message templates, ten of them",
    "the form needs a phone number field",
    "ফোন নম্বর লেখার ঘর থাকবে ফর্মে",
    "You can call me Rahim",
    "look at the left corner. Me too",
    "I don't. me neither",
    "meet the deadline at 5.30",
    "the text at the top, please",
    "Works without the app, log out of the site works too",
    "ভাই, কাজটা দারুণ হয়েছে, ধন্যবাদ!",
    "রংটা আরেকটু গাঢ় করে দিন, লেখাটা বড় করুন",
    "color ta aro gaaro kore den, font ta boro koren",
    "email signature and newsletter text",
    "we pay attention to details, e.g. spacing",
    "",
    "👍",
]


@pytest.mark.parametrize(("kind", "text"), CAUGHT)
def test_contact_data_is_found(kind: Trace, text: str) -> None:
    """Numbers, names, links, wallets and invitations are found in three scripts."""
    assert kind in {finding.kind for finding in found(text)}


@pytest.mark.parametrize("text", INNOCENT)
def test_what_the_work_needs_passes(text: str) -> None:
    """Prices, sizes, dates, versions, file names and talk about the work are left alone."""
    assert found(text) == ()


def test_the_samples_are_many() -> None:
    """At least sixty of each kind keep the patterns honest."""
    assert min(len(CAUGHT), len(INNOCENT)) >= 60


def test_a_finding_shows_its_words() -> None:
    """The words that gave it away come back as written, each once and in order."""
    text = "Call ০১৭১২৩৪৫৬৭৮ or @Rahim_Dev, again @Rahim_Dev, rahim@example.com"
    assert found(text) == (
        Finding(_P, "Call ০১৭১২৩৪৫৬৭৮"),
        Finding(_H, "@Rahim_Dev"),
        Finding(_E, "rahim@example.com"),
    )


def test_only_so_much_is_read() -> None:
    """A text longer than a message is read up to a message's length."""
    assert found("." * 4096 + " @rahim_dev") == ()


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    """Whatever people write, looking at it never fails, and finds are parts of it."""
    for finding in found(text):
        assert finding.text


_WORDS = "0 1 ৭ one ek এক double . - at dot com @ t me / bkash whatsapp pay e EQ bc1 0x pas sat o"
_PIECES = st.sampled_from(sorted(_WORDS.split()))


@settings(max_examples=60, deadline=None)
@given(st.lists(_PIECES, max_size=200))
def test_heaps_of_suspicious_pieces_are_read(pieces: list[str]) -> None:
    """Texts made of nothing but triggers neither fail nor take for ever."""
    found("".join(pieces))
    found(" ".join(pieces))
