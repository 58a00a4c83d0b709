"""Hears a cry for help in a comment about a place: rules that a person can read, leaning to hear one too many, not too few.

A rule looks for somebody speaking of themselves or of a person they know ("I", "my mam"), because "the street is dead" and
"a club for lonely people" are about a place. What is heard offers help and holds the comment; it decides nothing.
"""

import re

_ME = r"(?:i|im|ive|id|we|weve|were|me|us)"
_MINE = (
    r"(?:my|our|her|his) (?:\w+ )?(?:mam|mum|mother|dad|father|son|daughter|kids?|child|children|bairns?|baby|husband|wife|"
    r"partner|boyfriend|girlfriend|ex|brother|sister|nana|gran|grandad|carer|neighbours?|friend|stepdad|bloke|fella|man)s?"
)
_WHO = rf"(?:{_ME}|{_MINE})"
_CANT = r"(?:cant|couldnt|could not|can no longer|dont know how to)"
_HIM = r"(?:he|she|they|him|somebody|someone|" + _MINE + ")"
_HURTS = (
    r"(?:hits?|hitting|beats?|beating|beaten|punche[sd]|punching|hurts?|hurting|kicks?|slaps?|slapped|strangle[sd]?|chokes?|"
    r"choked|attacks?|attacked|threatens?|threatened|threatening|rapes?|raped|abuses?|abused)"
)
_AFRAID = r"(?:scared|frightened|terrified|afraid)"
_HOME = r"(?:my|our|me) (?:own )?(?:home|house|flat|bed)"
_CHILD = r"(?:kids?|child|children|bairns?|baby|little (?:one|girl|boy|lad)|newborn)"

RULES: dict[str, tuple[str, ...]] = {
    "no wish to live": (
        r"\bsuicid(?!e (?:turn )?lane)",
        r"\b(?:kill|hang|drown|top)(?:ing)? (?:myself|himself|herself)\b",
        r"\bend (?:it all|my life|it now)\b",
        r"\btak(?:e|ing) my (?:own )?life\b(?! in my)",
        r"\bdont want to (?:be here(?! (?:after|at night|when))|live(?! (?:here|near|next to|opposite|beside))|wake up|be alive"
        r"|go on|exist)\b|\bi (?:really |just )?dont want to live here any ?(?:more|longer)\b",
        r"\b(?:want|wish|rather|better|be) (?:to die|i was dead|i were dead|be dead|dead)\b(?! (?:grass|tree|end))",
        r"\bbetter off (?:without me|dead)\b",
        r"\bif i (?:was|were) (?:gone|dead|not here)\b",
        r"\b(?:life is|lifes|its) not worth (?:living|it any ?more|going on)\b",
        r"\b(?:point|use) (?:of|in) (?:anything|living|life|going on|carrying on|being here)\b",
        r"\bcant see (?:the|a|any) (?:way out|point|future)\b",
        r"\bwant it (?:all )?to (?:stop|end|be over)\b",
        r"\b(?:took|taken|swallowed) (?:all (?:of )?)?(?:my|the|too many) (?:tablets|pills|paracetamol)\b",
        r"\b(?:took|taken|take) an overdose\b",
        r"\bvoices (?:telling|saying|in my head)\b",
        r"\bjump(?:ing)? (?:off|from) the (?:viaduct|bridge|cliff)",
    ),
    "hurts themselves": (
        r"\bself[ -]?harm",
        r"\b(?:hurt|hurting|cut|cutting|harm|harming|burn|burning) (?:myself|himself|herself)\b",
    ),
    "no food": (
        rf"\b{_WHO} (?:\w+ )?(?:havent|hasnt|have not|has not|not) (?:been )?eat(?:en|ing)\b",
        r"^not eaten\b|\bnot eaten (?:since|for|in|today|anything)\b",
        r"\b(?:no|any) food (?:in|at home|and|for|left|till|until)\b(?! (?:the )?(?:shop|park|village|area|van|choice))",
        r"\b(?:cupboards?|fridge) (?:is|are|was) (?:bare|empty)\b",
        r"\b(?:kids?|child|children|bairns?|baby|son|daughter|little (?:one|girl|boy|lad)|we|i) (?:went|go|going|goes) "
        r"(?:to bed |to school )?(?:hungry|without food|without eating)\b",
        rf"\b{_CANT} (?:afford to )?(?:feed|eat)\b(?! (?:there|here|in|at|out|the))",
        r"\b(?:im|i am|were|we are|am) (?:so |very |really )?(?:hungry|starving)\b(?!.*\b(?:after|cafe|van|chips)\b)",
        r"\b(?:child|children|kid|bairn|lad|lass)\b.{0,40}\b(?:always|often) hungry\b",
        r"\b(?:i|we) (?:have to |must )?choos(?:e|ing) between (?:heating|eating)\b",
    ),
    "no warmth": (
        rf"\b{_CANT} (?:afford to )?(?:put|turn|have) (?:the|our|my) (?:heating|fire|gas) on\b",
        rf"\b{_CANT} (?:afford )?(?:(?:to )?(?:top up|pay|heat)|heating)\b"
        r".{0,20}\b(?:meter|gas|electric|electricity|heating|house|home)\b",
        r"\bmeter (?:has |s )?(?:run|ran|gone) (?:out|off)\b",
        r"\b(?:we|ive|i|weve) (?:have |had )?(?:had )?no (?:heating|gas|electric|electricity|hot water|boiler)\b"
        r"(?!.{0,30}\b(?:school|hall|centre|church|club)\b)",
        r"\bno gas\b.{0,12}\bno electric|\bno (?:heating|gas|electric)\b.{0,40}\b(?:baby|bairns?|newborn|kids|mam|mum)\b",
        r"\b(?:im|i am|were|we are|its) (?:\w+ )?freezing (?:in here|at home|in the house|in my|in our)\b",
    ),
    "hurt by somebody": (
        rf"\b{_HIM} (?:\w+ )?{_HURTS} (?:me|us|my (?:\w+ )?(?:brother|sister|mam|mum|son|daughter|kids?|bairns?)|her|him)\b",
        rf"\b(?:i|ive|we) (?:am |was |were |have |keep |being |been |get |im |getting )*{_HURTS} (?:by|at home|at work)\b",
        rf"\b(?:im|i am) being {_HURTS}\b|\b(?:i was|was i|i have been|ive been) (?:raped|sexually|assaulted|abused)\b",
        rf"\bbeing {_HURTS} by (?:his|her|their|my|a|the)\b",
        r"\b(?:threatened|threatens|threatening|going|wants) to (?:kill|hurt|stab) (?:me|us|my|her|him)\b",
        r"\bwill (?:kill|hurt|stab) (?:me|us|my)\b",
        r"\bbruises?\b|\bsexual(?:ly)? (?:abuse|assault)",
        r"\b(?:wont|doesnt|never) lets? (?:me|her) (?:leave|out|go|see|have|use|work)\b",
        r"\b(?:controls|takes|steals) (?:all )?(?:my|her) (?:money|phone|pension|wages|benefits|bank)\b|\bsteals? from me\b",
        rf"\b(?:my carer|{_MINE}) (?:\w+ )?(?:shouts|screams) at (?:me|her)\b",
        r"\bmy ex (?:\w+ ){0,4}(?:smash|follow|stalk|coming round|turns? up)",
    ),
    "afraid": (
        rf"\b(?:{_AFRAID}|unsafe|not safe|dont feel safe)\b.{{0,12}}\b(?:in|at) {_HOME}\b",
        rf"\b{_AFRAID} (?:of|for) (?:him|her|them|{_MINE}|my (?:own )?(?:life|family))\b",
        rf"\b{_AFRAID} to (?:go|be|come|stay|sleep) (?:at )?(?:home|in (?:my|our))\b",
        r"\bprisoner in (?:my|our|her|his) (?:own )?(?:home|house|flat)\b",
        r"\bdont feel safe with (?:him|her|them|myself)\b",
        r"^(?:im|i am) (?:so |very |really )?(?:scared|frightened|terrified)[.! ]*$",
    ),
    "no home": (
        r"\b(?:i|ive|i have|we|weve|we have|have|got) nowhere (?:else )?to (?:live|go|sleep|stay)\b(?! but)",
        r"\btonight (?:\w+ ){0,3}nowhere\b|\bnowhere (?:\w+ ){0,2}tonight\b",
        r"\bsleep(?:ing)? (?:rough|in (?:my|our|a|the) (?:car|van|tent|shed|doorway|bus shelter))\b",
        r"^homeless (?:with|and|since|for)\b|\b(?:im|i am|were|we are|made|be|been) homeless\b",
        r"\b(?:im|i am|were|we are|am|being|been|get|getting) evicted\b",
        r"\bevict(?:ed|ing) (?:me|us|on|from|next|this)\b|\bsince the eviction\b",
        r"\b(?:lose|losing|lost) (?:my|our) (?:home|house|flat|tenancy)\b",
        r"\bsofa surfing\b",
    ),
    "alone": (
        r"\b(?:i|im|i am|i feel|ive been|me) (?:\w+ )?(?:so |very |really |that )?lonely\b",
        r"\bi feel (?:so |very |really |all )?alone\b|\bi am (?:so |all )alone\b|\bim (?:so |all )alone\b",
        r"\b(?:i have|ive got|ive|there is|theres) (?:no ?one|nobody)(?: (?:to talk to|to turn to|left|at all)|[.! ]*$|[.!])",
        r"\bi (?:have not|havent|dont|never) (?:spoken|speak|spoke|talk|talked|see|seen) "
        r"(?:to |with )?(?:a soul|anyone|anybody)\b(?! (?:using|on|in|at|pick|clean))",
        r"\bi (?:\w+ ){0,3}cry (?:every|all|myself)\b|\bsit by myself\b",
    ),
    "cannot go on": (
        rf"\b{_CANT} (?:cope|go on|carry on|take (?:it|this|any ?more|much more)|manage)\b"
        r"(?! (?:with|to \w+) (?:the )?(?:potholes?|noise|smell|parking|traffic|bins|dogs?|steps|road|kerbs?|stairs))",
        r"\bend of my (?:tether|rope)\b|\bnervous breakdown\b|\bat (?:my )?breaking point\b",
        r"\b(?:so|too|very) depressed\b|\bi(?:m| am) (?:\w+ )?(?:depressed|desperate|in despair)\b|\bpost ?natal\b",
    ),
    "asks for help": (
        r"\b(?:please|somebody|someone|anyone|god) help me\b"
        r"(?! (?:to )?(?:get|find|keep|save|plant|clear|paint|with|open|stop))",
        r"\bhelp me (?:please|i)\b",
        r"\bi (?:really |just )?need (?:some )?help\b(?! (?:to (?:plant|clear|paint|keep|get)|with the))",
        r"\b(?:dont know|no idea) (?:where|who) to turn\b|\bwhere to turn\b",
        r"\bi dont know what to do\b",
    ),
    "a person at risk": (
        r"\bnot been seen (?:for|since|in)\b",
        r"\bhave(?:nt| not) seen (?:him|her|them|my neighbour|the old \w+) (?:for|since|in)\b",
        r"\b(?:not|never) (?:come|been|left) out\b.{0,20}\b(?:for|in) (?:\w+ )?(?:days|weeks)\b",
        r"\b(?:milk|post|curtains)\b.{0,30}\bstill (?:there|shut|drawn)\b",
        r"\bworried (?:about|for) (?:her|him|my neighbour|the (?:kids|child|bairns|old))\b",
        r"\bi am worried (?:she|he) (?:is|will|has)\b",
        r"\b(?:wander(?:s|ing)?|goes) out at night\b",
        rf"\b{_CHILD}\b.{{0,40}}\b(?:neglected|left (?:alone|on their own)|screaming every)",
    ),
    "drink, drugs or debt": (
        rf"\bi (?:really )?{_CANT} stop (?:drinking|using|gambling|taking)\b|\b(?:im|i am) (?:an? )?(?:addict|alcoholic|hooked)",
        r"\b(?:making|make|makes|forcing|force|forced) (?:me|us|him|her|my \w+) (?:to )?(?:sell|carry|deal|hold)\b",
        r"\b(?:my (?:son|daughter|brother|partner|husband|wife)) is (?:using|on (?:drugs|heroin|crack))\b",
        r"\bloan sharks?\b.{0,30}\b(?:my|me|us|our)\b|\bi owe (?:\w+ )?money\b|\b(?:my|our) debts?\b",
        r"\bbailiffs? (?:are |is )?(?:coming|at|come|came|knocking|took)\b",
        r"\bcant sleep for worry\b",
    ),
}  # fmt: skip
_RULES = {sign: re.compile("|".join(f"(?:{pattern})" for pattern in patterns)) for sign, patterns in RULES.items()}


# What the rules know in its short spelling alone: "I do not want to" is "I dont want to".
_NOT = re.compile(r"\b(?:(do|does|did|will)\s+not|can\s*not)\b")
_SHORT = {"do": "dont", "does": "doesnt", "did": "didnt", "will": "wont", None: "cant"}


def signs_of_distress(*texts: str) -> tuple[str, ...]:
    """What was heard, by the names of the rules; empty for a comment about a place. Sentences are read one by one."""
    heard = (
        sign
        for text in texts
        for sentence in _sentences(text)
        for sign, rule in _RULES.items()
        if rule.search(sentence)
    )
    return tuple(dict.fromkeys(heard))


def _sentences(text: str) -> list[str]:
    """Lower case without apostrophes and odd spaces: "I can’t  cope" and "I can not cope" are two spellings of one thing."""
    plain = _NOT.sub(_without_not, re.sub(r"[’'‘`´]", "", text.lower()))
    return [" ".join(part.split()) for part in re.split(r"(?<=[.!?])\s|\n", plain) if part.strip()]


def _without_not(spelled_out: re.Match[str]) -> str:
    return _SHORT[spelled_out[1]]
