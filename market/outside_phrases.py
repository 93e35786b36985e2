"""Ways to say "let us meet or pay elsewhere", as patterns over folded text (`market.outside`).

The text is in lower case with Latin digits. Platforms alone are innocent: people order Telegram
stickers and shops with bKash. What counts is an invitation, or whose number it is.
"""

import re
import unicodedata

_WHATSAPP = r"whats ?app?|watsapp|whatsap"
_PLACES = (
    rf"(?:{_WHATSAPP}|telegram|tg|imo|viber|messenger|facebook|fb|insta(?:gram)?|skype|discord"
    r"|signal|zoom|g-?mail|e-?mail|inbo?x)"
)
_PURSES = r"(?:b[iy]?kash|nagad|nogod|rocket|upay|paypal|payoneer|wise|binance|usdt|crypto|bank)"
_ON = r"(?:on|in|at|via|through|by|over|to|with|using)"
_SEND = r"(?:pay|send|transfer)(?:ing)?"
_HERE = r"(?:bot|platform|site|app|gig ?haat)"

_ENGLISH = (
    (
        r"\b(?:contact|message|msg|text|inbox|knock|dm|pm|reach|ping|find|write|add|call|join|meet)"
        rf"(?: to)? (?:me|us|you)(?: \w+){{0,2}}? {_ON} (?:my )?{_PLACES}\b"
    ),
    rf"\b(?:talk|chat|continue|discuss|speak)(?: \w+){{0,3}}? {_ON} {_PLACES}\b",
    (
        r"\b(?:let'?s|let us|can we|could we|shall we|we can|we could)"
        rf" (?:move|go|come|switch|meet)(?: \w+){{0,2}}? {_ON} {_PLACES}\b"
    ),
    r"\b(?:dm|pm|inbox) me\b",
    (
        r"\b(?:call|ring|phone) me"
        r"(?: (?:on|at|now|later|today|tomorrow|when|please|directly)\b| ?[,.!?]|$)"
    ),
    r"\bgive me a (?:call|ring)\b",
    (
        rf"\b(?:my|your|ur|amar|apnar|tomar) (?:{_WHATSAPP}|telegram|imo|viber|skype|phone|mobile"
        r"|cell|contact|personal|b[iy]?kash|nagad)"
        r" ?(?:number|no\b|nmbr|nambar|id\b|is\b|address|:|\?)"
    ),
    r"\b(?:my|amar) (?:e-?mail|g-?mail)(?: (?:id|address))? ?(?:is\b|:|=)",
    (
        r"\b(?:give|send|share|tell|need|want|get)(?: me)? (?:your|ur)"
        rf" (?:phone|mobile|cell|contact|number|{_PLACES})\b"
    ),
    (
        r"(?<!customers )(?<!clients )(?<!users )(?<!they )(?<!buyers )"
        r"\bpay(?:ing)?(?: (?:me|us|you|him|her|the|seller))* direct(?:ly)?\b"
    ),
    r"\bdirect(?:ly)? (?:pay|send|transfer)\b",
    rf"\b{_SEND}(?: \w+){{0,2}}? (?:me|us)\b(?: \w+){{0,3}}? {_ON} (?:my )?{_PURSES}\b",
    (
        rf"\b(?:i|we|you)(?:'ll| will| can| could| may)(?: \w+)? {_SEND}(?: \w+){{0,3}}? {_ON}"
        rf" (?:my |your )?{_PURSES}\b"
    ),
    rf"\boutside (?:of )?(?:the |this )?{_HERE}\b|\b(?:off|out of)[ -](?:the |this )?platform\b",
    r"\bwithout (?:the |this |any |using )*(?:gig ?haat|platform|commission|escrow)\b",
    r"\b(?:avoid|skip|save|bypass|escape|evade) (?:the |their |this )*(?:fees?|commission)\b",
    r"\bcancel (?:it |this |the order )?(?:here )?and (?:pay|order|work|deal|send)\b",
    r"\b(?:deal|work|order) direct(?:ly)? (?:with|to|from) (?:me|us)\b",
)

_COME = r"(?:ashen|asen|aso|asho|ashun|asun|ashben|knock|nok)"
_TALK = (
    r"(?:kotha|msg|message|messege|text|likhen|bolen|bolun|janan|janaben|add|call|kol|jogajog"
    r"|contact)"
)
_GIVE = r"(?:den|din|dao|diyen|dien|diben|dben|pathan|pathao|pathaben|lagbe|dei|dichi|dicchi)"
_PAY = (
    r"(?:pathan|pathao|pathaben|pathai|pathabo|den|din|dao|diyen|diben|dibo|debo|koren|korun|koro"
    r"|korben)"
)
_BANGLISH = (
    rf"\b{_PLACES}(?:[ -]?(?:e|te|a|ey|ye))? {_COME}\b",
    rf"\b{_PLACES}[ -]?(?:e|te|ey|ye) {_TALK}\b",
    (
        rf"\b(?:b[iy]?kash|nagad|nogod|rocket|upay)(?:[ -]?(?:e|te|a|ey))?"
        rf"(?: (?:taka|tk|payment))? {_PAY}\b"
    ),
    r"\b(?:baire|bahire|baira) (?:lenden|payment|pay|taka|kotha|kaj|order|deal)\b",
    (
        r"(?<!order )(?<!invoice )(?<!page )(?<!version )"
        rf"\b(?:number|nambar|numbar|nmbr)(?: ?ta| ?ti)? {_GIVE}\b"
    ),
    r"\b(?:call|kol|phone|fon) (?:den|din|dao|diyen|diben|koren|korun|koro|korben|dibo|debo)\b",
    r"\b(?:sorasori|sora sori|direct) (?:taka|payment|pay|pathan|den|din|kotha)\b",
)

_BN_PLACES = r"(?:টেলিগ্রাম|হোয়াটস ?(?:অ্যাপ|এপ)|ফেসবুক|মেসেঞ্জার|ইমো|ইনবক্স|স্কাইপ|ভাইবার|ইমেইল|জিমেইল)"
_BN_COME = r"(?:আসেন|আসুন|আসো|আসবেন|নক)"
_BN_TALK = r"(?:কথা|মেসেজ|ম্যাসেজ|টেক্সট|লিখুন|লিখেন|লেখেন|যোগাযোগ|কল|অ্যাড|এড|জানান|জানাবেন|বলুন|বলেন)"
_BN_SEND = r"(?:পাঠান|পাঠাও|পাঠাব|পাঠাবেন|পাঠাই|পাঠিয়ে)"
_BN_GIVE = r"(?:দিন|দেন|দাও|দেব|দিব|দেবো|দিবো|দিচ্ছি|দিবেন|দেবেন|দিয়েন|নেব|নিব|নিই)"
_BN_DO = r"(?:করুন|করেন|করো|করবেন)"
_BENGALI = (
    rf"{_BN_PLACES}(?:ে|তে| ?-?এ| ?-?তে)? {_BN_COME}",
    rf"{_BN_PLACES}(?:ে|তে| ?-?এ| ?-?তে) {_BN_TALK}",
    (
        r"(?:বিকাশে|নগদে|রকেটে|উপায়ে|(?:বিকাশ|নগদ|রকেট) এ)(?: (?:বাকি )?(?:টাকা|টাকাটা|পেমেন্ট))?"
        rf" (?:{_BN_SEND}|{_BN_GIVE}|{_BN_DO})"
    ),
    rf"(?<!র )(?:বিকাশ|রকেট)(?: (?:টাকা|পেমেন্ট))? {_BN_SEND}",
    rf"(?<!র )বিকাশ {_BN_DO}",
    r"(?:বটের|প্ল্যাটফর্মের|গিগহাটের|অ্যাপের) বাইরে|বাইরে (?:লেনদেন|পেমেন্ট|টাকা|কথা|অর্ডার)",
    r"সরাসরি (?:আমাকে )?(?:টাকা|পেমেন্ট|লেনদেন|পাঠান|বিকাশ)",
    r"(?:আপনার|আমার|তোমার) (?:[^\s\d.,]+ )?(?:নম্বর|নাম্বার)|যোগাযোগের (?:নম্বর|নাম্বার)",
    rf"(?<!অর্ডার )(?<!পাতার )(?:নম্বর|নাম্বার)(?:টা|টি)? (?:{_BN_GIVE}|{_BN_SEND}|লাগবে)",
    rf"(?:কল|ফোন) (?:{_BN_GIVE}|{_BN_DO})",
    r"(?:ফি|কমিশন) (?:বাঁচা|বাচা|এড়া|ফাঁকি)",
)

_WORK = (
    r"button|icon|logo|sticker|status|api|integration|chat ?bot|bot|template|clone|widget|share"
    r"|plugin|banner|image|post|catalog|marketing|business|preview|style|ui|screen|theme|design"
    r"|বাটন|বোতাম|আইকন|লোগো|স্টিকার|স্ট্যাটাস|বট|ব্যানার|ডিজাইন|পোস্ট|শেয়ার"
)
# Bare, this one invites, except where it is what the work is about.
_BARE = (
    rf"(?:\b(?:{_WHATSAPP})\b|হোয়াটস ?(?:অ্যাপ|এপ))"
    rf"(?!(?:ের|এর)?(?:[ -]\S+)?[ -](?:{_WORK}))"
)
_ALL = (*_ENGLISH, *_BANGLISH, *_BENGALI, _BARE)

PHRASES = re.compile(unicodedata.normalize("NFKC", "|".join(f"(?:{one})" for one in _ALL)))
