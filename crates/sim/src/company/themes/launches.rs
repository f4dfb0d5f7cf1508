//! Things that are put before the public: a website, a campaign, a newsletter.

use super::Theme;

pub(crate) const WEBSITE: Theme = Theme {
    name: "Website relaunch",
    about: "A faster, calmer site that people can find things on. Goes live in the spring.",
    inside: false,
    lists: &[
        (
            "Discovery",
            "What we need to know before anybody draws a page.",
            &[
                "Interview six customers about the current site",
                "Read a year of support tickets and group them",
                "Benchmark load times against three competitors",
                "List every page that still gets traffic",
                "Agree what success looks like with Grace",
                "Write up the findings on two pages",
            ],
        ),
        (
            "Design",
            "",
            &[
                "Draw the home page in three widths",
                "Design the search results, including none found",
                "Choose a typeface that has the Polish accents",
                "Define the colour tokens for light and dark",
                "Design the empty basket",
                "Check every contrast pair",
                "Prepare the handover file for development",
            ],
        ),
        (
            "Content",
            "Elif decides what stays.",
            &[
                "Rewrite the about page",
                "Shorten the delivery terms to what people ask",
                "Write alt texts for the product pictures",
                "Collect quotes from five customers",
                "Decide which of the 340 blog posts survive",
                "Translate the check-out into German",
            ],
        ),
        (
            "Build",
            "",
            &[
                "Set up the staging server",
                "Build the navigation, keyboard first",
                "Move the product data across",
                "Add structured data to product pages",
                "Wire the contact form to the new inbox",
                "Bring the home page under 200 KB",
                "Cache the catalogue at the edge",
            ],
        ),
        (
            "Launch",
            "Everything that has to be true on the day.",
            &[
                "Write redirects for the old addresses",
                "Test the check-out with real cards",
                "Ask for a second pair of eyes on the cookie notice",
                "Agree who is on call in launch week",
                "Prepare the announcement",
                "Switch the domain over",
                "Watch the error log for a day",
            ],
        ),
    ],
    loose: &[
        "Renew the certificate before it lapses",
        "Send Grace the list of open questions",
        "Order the domain for the German site",
        "Ask hosting about the October invoice",
        "Take the old site's numbers for the comparison",
        "Clear out the test accounts",
    ],
    columns: &["In progress", "In review", "Ready to ship"],
    cards: &[
        "Search forgets the filter when going back",
        "Pictures jump while the page loads",
        "Gift cards in the basket",
        "Skip link on every page",
        "Sort products by price",
        "Sign-up form accepts no plus sign",
        "Store finder without a map",
        "Print style for recipes",
        "Slow first answer in Singapore",
        "Footer is too tall on phones",
        "Remember the chosen size",
        "Friendlier message when a card is declined",
        "Read-only mode during the move",
    ],
    messages: &[
        (
            "Kick-off: what we agreed",
            "Thank you all for the energy this morning. In short: we launch with fewer pages, one way to search, and no carousel. Grace signs off on words, Priya on looks, Tomás on speed.",
        ),
        (
            "What the interviews told us",
            "Six people, one hour each. Everybody looks for opening hours first and nobody reads the banner. The whole summary is in the docs.",
        ),
        (
            "Design direction chosen",
            "The client picked the quiet one. There will be a bit of red, but not on buttons.",
        ),
        (
            "Content freeze on the 14th",
            "From then on only corrections, please. If something is missing, say so this week.",
        ),
        (
            "Staging is up",
            "Same login as before. Please click around and write down what annoys you, however small.",
        ),
        (
            "Launch plan, hour by hour",
            "We switch at six in the morning, because the till syncs at five. Jonas and Kwame are on call; Sofia talks to the client and nobody else does.",
        ),
        (
            "A week after",
            "Half the bounce rate, twice the searches, and one angry email about the font. The numbers are attached in the folder.",
        ),
    ],
    talk: &[
        "The redirect list is at 212 lines and growing. Can we drop the 2016 campaign pages?",
        "Largest paint is at 1.9 s on the slow phone. It was 4.6.",
        "Grace would like the phone number back in the header.",
        "I tested it with a screen reader, only the carousel was silent, and that one goes anyway.",
        "Search finds \"kettle\" but not \"kettles\". Fixed on staging.",
        "The cookie notice now has two equally big buttons, as it should.",
    ],
    documents: &[
        (
            "Page list, keep or drop",
            "Every address with its visits and what becomes of it. Green stays, amber is merged, red gets a redirect.",
        ),
        (
            "Tone of voice on one page",
            "We say \"you\". We say what happens next. We do not say \"simply\".",
        ),
        (
            "Launch checklist",
            "Redirects, certificates, backups, analytics, the error page, the phone tree, cake.",
        ),
        (
            "Interview notes",
            "Six conversations, names removed. The third one is worth reading twice.",
        ),
    ],
    uploads: &[
        "home page v3.png",
        "sitemap.pdf",
        "interview clips.zip",
        "traffic 2025.csv",
        "hero light.jpg",
        "hero dark.jpg",
        "style guide.pdf",
    ],
    dates: &[
        "Kick-off with Alder & Finch",
        "Design review",
        "Usability test, round one",
        "Content freeze",
        "Sprint planning",
        "Go or no go",
        "Launch day",
        "Retrospective",
    ],
};

pub(crate) const CAMPAIGN: Theme = Theme {
    name: "Spring campaign",
    about: "Posters, radio and a small film. One idea, told in six places.",
    inside: false,
    lists: &[
        (
            "Idea",
            "",
            &[
                "Write three one-line ideas and kill two",
                "Check that the slogan is not taken",
                "Test the line with ten people on the street",
                "Draw the key picture",
                "Get the idea approved by the board",
            ],
        ),
        (
            "Media plan",
            "Where, when, and what it costs.",
            &[
                "Ask for poster sites near stations",
                "Book the radio slots for weeks 14 to 17",
                "Agree the budget split with Henrik",
                "Plan the second wave for May",
                "Set up tracking links per place",
            ],
        ),
        (
            "Production",
            "",
            &[
                "Cast two people for the film",
                "Find a location with morning light",
                "Shoot the spring film",
                "Cut the film to 30, 15 and 6 seconds",
                "Record the radio spot",
                "Prepare the posters for print",
                "Write subtitles in four languages",
            ],
        ),
        (
            "Social",
            "Mateusz writes, Camila makes it move.",
            &[
                "Plan four weeks of posts",
                "Animate the key picture",
                "Write answers to the ten likely questions",
                "Brief the three partners",
                "Schedule the first week",
            ],
        ),
        (
            "Afterwards",
            "",
            &[
                "Collect the numbers from every place",
                "Write the one-page result",
                "Thank the volunteers",
                "Archive the raw footage",
            ],
        ),
    ],
    loose: &[
        "Return the borrowed bicycles",
        "Pay the location fee",
        "Send the poster to Daniel's mother",
        "Ask legal about the prize draw",
        "Book the van for Tuesday",
    ],
    columns: &["Writing", "Making", "With the client"],
    cards: &[
        "Poster A, tall",
        "Poster B, wide",
        "Radio spot, 20 seconds",
        "Film, 15 seconds",
        "Station screens",
        "Beer mats",
        "Window stickers",
        "Partner kit",
        "Press picture",
        "Out-of-office line",
        "Landing page",
        "Street test, second city",
    ],
    messages: &[
        (
            "The brief in one paragraph",
            "They want people to come back in April. Not to admire the brand, to come back. Everything that does not help that goes.",
        ),
        (
            "We have a line",
            "\"See you when the doors open.\" The client read it aloud three times and smiled each time.",
        ),
        (
            "Shooting day",
            "Call time is 5:40 at the harbour gate. Bring gloves. Amara has the shot list, Ruth has the sandwiches.",
        ),
        (
            "First cut is up",
            "Watch it once without sound before you comment.",
        ),
        (
            "Media plan confirmed",
            "Twelve stations, two radio channels, no newspapers. That leaves a little for a second wave.",
        ),
        (
            "Week one in numbers",
            "More visits than all of last April. The wide poster works twice as well as the tall one.",
        ),
    ],
    talk: &[
        "The gull in the background stays. Best actor of the day.",
        "Radio wants the spot two seconds shorter.",
        "Colour proof came back too green, a new one arrives tomorrow.",
        "The partners love the kit, two asked for more posters.",
        "Can the logo come a bit later in the film?",
        "Poster site 7 is behind a bus stop. I asked for a swap.",
    ],
    documents: &[
        (
            "The brief",
            "Who, what, why now. Signed on the second page.",
        ),
        (
            "Shot list",
            "Fourteen shots, in the order of the light and not of the story.",
        ),
        (
            "Questions and answers for social",
            "Short, friendly, no promises about dates.",
        ),
        ("Media plan", "Places, weeks, costs, contact people."),
    ],
    uploads: &[
        "key picture.jpg",
        "poster A.pdf",
        "poster B.pdf",
        "film 30s.mp4",
        "radio script.pdf",
        "media plan.csv",
        "stickers.png",
    ],
    dates: &[
        "Idea review",
        "Casting",
        "Shooting day",
        "First cut",
        "Print deadline",
        "Campaign starts",
        "Second wave",
        "Results with the client",
    ],
};

pub(crate) const NEWSLETTER: Theme = Theme {
    name: "Members' newsletter",
    about: "Every second Thursday. Five stories, one picture, no attachments.",
    inside: false,
    lists: &[
        (
            "Next issue",
            "Goes out on Thursday at seven.",
            &[
                "Choose the five stories",
                "Write the opening lines",
                "Find a picture that is not a handshake",
                "Check all links",
                "Send the test to the proof group",
                "Write two subject lines to compare",
            ],
        ),
        (
            "Growing the list",
            "",
            &[
                "Put the sign-up on the receipt page",
                "Ask the partners for a mention",
                "Clean out addresses that bounce",
                "Write the welcome mail",
                "Explain in one line how often we write",
            ],
        ),
        (
            "Template",
            "",
            &[
                "Make it readable with pictures off",
                "Test in the five usual mail programs",
                "Bring the font size up",
                "Add the plain text version",
                "Make the unsubscribe link easy to find",
            ],
        ),
        (
            "Ideas",
            "Anything goes, nothing is promised.",
            &[
                "Portrait of the night shift",
                "What the first ten members think",
                "A map of favourite benches",
                "Ask readers for their recipes",
                "Behind the scenes at the harvest",
            ],
        ),
    ],
    loose: &[
        "Correct the name in last week's issue",
        "Reply to the reader from Porto",
        "Check the opening rate of issue 31",
        "Ask for the March dates",
    ],
    columns: &["Writing", "Editing", "Scheduled"],
    cards: &[
        "Issue 32",
        "Issue 33",
        "Portrait of the baker",
        "Welcome mail",
        "Reader survey",
        "Summer double issue",
        "Recipe of the month",
        "Corrections policy",
        "Sign-up on the home page",
        "Plain text version",
    ],
    messages: &[
        (
            "Issue 31 went out",
            "Half of the readers opened it, which is our best yet. The bench story did that.",
        ),
        (
            "What readers told us",
            "Shorter, please. And more pictures of people at work.",
        ),
        (
            "A calmer rhythm",
            "From next month every second Thursday instead of weekly. Nobody asked for more.",
        ),
        (
            "Subject lines, what works",
            "A place name beats a question. Numbers do nothing for us.",
        ),
        (
            "New template is live",
            "It reads well with pictures off and in the dark. Tell me if yours looks odd.",
        ),
    ],
    talk: &[
        "Link three goes to the old shop.",
        "Could the opening be two sentences instead of five?",
        "The proof group found nothing, which worries me.",
        "Let us keep the recipe for issue 33.",
        "Open rate is up four points since the new subject lines.",
    ],
    documents: &[
        (
            "How we write",
            "Short sentences. Real names. One thought per story.",
        ),
        (
            "Proof list",
            "Names, dates, links, picture credit, subject line, sender.",
        ),
        (
            "Survey results",
            "Four hundred answers, sorted by what we can act on.",
        ),
    ],
    uploads: &[
        "issue 30.pdf",
        "issue 31.pdf",
        "bench map.png",
        "baker portrait.jpg",
        "survey.csv",
    ],
    dates: &[
        "Story meeting",
        "Copy deadline",
        "Issue goes out",
        "Template review",
        "Reader panel",
    ],
};
