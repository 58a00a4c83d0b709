"""What we ask somebody who wants help, as data: the words, the choices, when each is asked and where its answer is kept."""

from selfreferral.contact.card import DETAIL_OF, Channel, answer_key, no_safe_way, no_way_in
from selfreferral.questions.shapes import (
    Kind,
    Page,
    Part,
    Question,
    has_detail,
    is_by_worker,
    is_for_other,
    may_have_agreed,
)

ELSE = "If this is for somebody else"
AT_WORK = "If you work with them"
YES_OR_NO = (("yes", "Yes"), ("no", "No"))


def _safe(channel: Channel, asks: str, of_other: str) -> Question:
    return Question(
        key=answer_key(channel),
        asks=asks,
        asks_of_other=of_other,
        kind=Kind.ONE,
        part=Part.CONTACT,
        choices=YES_OR_NO,
        left_out="Not answered, so that is a no",
        applies=has_detail(DETAIL_OF[channel]),
        when=ELSE if channel is Channel.REFERRER else "",
    )


PAGES: tuple[Page, ...] = (
    Page(
        key="for_whom",
        questions=(
            Question(
                key="for_whom",
                asks="Who is this for?",
                hint="If you leave this, we take it that it is for you.",
                kind=Kind.ONE,
                part=Part.STORY,
                choices=(
                    ("self", "Me"),
                    ("family_or_friend", "Somebody I care about"),
                    ("worker", "Somebody I work with"),
                ),
            ),
        ),
    ),
    Page(
        key="about_you",
        heading="First, about you",
        hint="We will ask about the other person next.",
        applies=is_for_other,
        when=ELSE,
        questions=(
            Question(key="referrer_name", asks="What is your name?", kind=Kind.LINE, part=Part.REFERRER),
            Question(
                key="relationship",
                asks="How do you know them?",
                hint="For example: I am her sister, or I am his nurse.",
                kind=Kind.LINE,
                part=Part.REFERRER,
            ),
            Question(
                key="referrer_contact",
                asks="Your phone number or e-mail address",
                hint="We may have a question for you. We will not tell you what they say to us.",
                kind=Kind.LINE,
                part=Part.REFERRER,
            ),
            Question(
                key="offer",
                asks="What can you keep doing for them?",
                hint="For example: I can come along to the first talk.",
                kind=Kind.LINE,
                part=Part.REFERRER,
            ),
        ),
    ),
    Page(
        key="person_knows",
        heading="What do they know?",
        applies=is_for_other,
        when=ELSE,
        questions=(
            Question(
                key="person_knows",
                asks="Do they know that you are asking?",
                hint="It is best to ask them first. If you cannot, you can still tell us.",
                kind=Kind.ONE,
                part=Part.REFERRER,
                choices=(
                    ("agreed", "Yes, and they said yes"),
                    ("knows", "Yes, but they have not said yes"),
                    ("no", "No, they do not know"),
                ),
            ),
            Question(
                key="how_agreed",
                asks="If they said yes, how?",
                hint="For example: we sat together and read this.",
                kind=Kind.LINE,
                part=Part.REFERRER,
                counts=may_have_agreed,
            ),
            Question(
                key="may_name_referrer",
                asks="May we tell them that it was you?",
                hint="If you leave this, we do not say who told us.",
                kind=Kind.ONE,
                part=Part.REFERRER,
                choices=YES_OR_NO,
                left_out="Not answered, so that is a no",
            ),
            Question(
                key="duty_consents",
                asks="If the council should know that they may lose their home: what did they say yes to?",
                hint="The council hears of it only if all three are ticked.",
                kind=Kind.MANY,
                part=Part.REFERRER,
                choices=(
                    ("referral", "That we tell a council"),
                    ("council", "Which council: they chose it"),
                    ("sharing", "That we say how to reach them"),
                ),
                applies=is_by_worker,
                when=AT_WORK,
                counts=may_have_agreed,
            ),
        ),
    ),
    Page(
        key="what_would_help",
        questions=(
            Question(
                key="what_would_help",
                asks="Tell us what would help",
                asks_of_other="Tell us what would help them",
                hint="A few words are enough. Say as much or as little as you like.",
                kind=Kind.WORDS,
                part=Part.STORY,
            ),
        ),
    ),
    Page(
        key="danger",
        questions=(
            Question(
                key="danger",
                asks="Is anybody in danger now?",
                hint="For somebody in danger there are numbers to ring. We want to hear from you too.",
                kind=Kind.ONE,
                part=Part.STORY,
                choices=(("yes", "Yes"), ("worried", "Not now, but I am worried"), ("no", "No")),
            ),
        ),
    ),
    Page(
        key="name",
        heading="A name to use",
        questions=(
            Question(
                key="name",
                asks="What should we call you?",
                asks_of_other="What should we call them?",
                hint="A first name or a nickname is fine.",
                kind=Kind.LINE,
                part=Part.CONTACT,
                must="Give us a name to use. It does not have to be the real one",
            ),
            Question(
                key="born",
                asks="Which year were you born?",
                asks_of_other="Which year were they born?",
                hint="Four numbers, like 1984. With the name it shows us if you asked before.",
                hint_of_other="Four numbers, like 1984. With the name it shows us if they asked before.",
                kind=Kind.YEAR,
                part=Part.CONTACT,
            ),
        ),
    ),
    Page(
        key="reach",
        heading="How can we reach you?",
        heading_of_other="How can we reach them?",
        hint="One is enough. Next, you say which ways are safe.",
        lacks=no_way_in,
        questions=(
            Question(key="phone", asks="Phone number", kind=Kind.PHONE, part=Part.CONTACT),
            Question(key="email", asks="E-mail address", kind=Kind.EMAIL, part=Part.CONTACT),
            Question(
                key="place",
                asks="An address, or a place to find you",
                asks_of_other="An address, or a place to find them",
                hint="For example: the food table on a Friday.",
                kind=Kind.LINE,
                part=Part.CONTACT,
            ),
        ),
    ),
    Page(
        key="safe",
        heading="Is it safe to…",
        hint="We only use a way that you say yes to. If you leave one out, that is a no.",
        lacks=no_safe_way,
        questions=(
            _safe(Channel.RING, "…ring you?", "…ring them?"),
            _safe(Channel.VOICEMAIL, "…leave a voicemail?", "…leave them a voicemail?"),
            _safe(Channel.TEXT, "…send you a text?", "…send them a text?"),
            _safe(Channel.EMAIL, "…send you an e-mail?", "…send them an e-mail?"),
            _safe(Channel.POST, "…post a letter there?", "…post a letter there?"),
            _safe(Channel.VISIT, "…come there to see you?", "…come there to see them?"),
            _safe(Channel.REFERRER, "…reach them through you?", "…reach them through you?"),
        ),
    ),
    Page(
        key="times",
        heading="When we get in touch",
        questions=(
            Question(
                key="good_times",
                asks="When is a good time?",
                hint="For example: school days, 10 to 2.",
                kind=Kind.LINE,
                part=Part.CONTACT,
            ),
            Question(
                key="who_may_answer",
                asks="Who may we speak to if they answer?",
                hint="For example: only me. If you leave this, we speak to nobody else.",
                hint_of_other="For example: only her. If you leave this, we speak to nobody else.",
                kind=Kind.LINE,
                part=Part.CONTACT,
            ),
            Question(
                key="say_we_are",
                asks="Who should we say we are?",
                hint="For example: a friend from the club. If you leave this, we give a first name only.",
                kind=Kind.LINE,
                part=Part.CONTACT,
            ),
        ),
    ),
    Page(
        key="needs",
        heading="What would make it easier?",
        questions=(
            Question(
                key="language",
                asks="Which language is best?",
                hint="Leave this if it is English.",
                kind=Kind.LINE,
                part=Part.STORY,
            ),
            Question(
                key="needs",
                asks="What else would help us talk?",
                kind=Kind.MANY,
                part=Part.STORY,
                choices=(
                    ("read_it_to_me", "Read things out loud"),
                    ("large_print", "Large print"),
                    ("easy_read", "Easy words and pictures"),
                    ("interpreter", "Somebody who can interpret"),
                    ("hearing", "Help with hearing"),
                    ("step_free", "No steps"),
                ),
            ),
            Question(
                key="talk_with",
                asks="Who would you rather talk with?",
                asks_of_other="Who would they rather talk with?",
                hint="We cannot always promise it. We will try.",
                kind=Kind.ONE,
                part=Part.STORY,
                choices=(("woman", "A woman"), ("man", "A man"), ("any", "It does not matter")),
            ),
        ),
    ),
)
