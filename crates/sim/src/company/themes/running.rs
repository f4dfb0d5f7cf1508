//! Things that keep a company running: the annual report, hiring, support.

use super::Theme;

pub(crate) const REPORT: Theme = Theme {
    name: "Annual report",
    about: "Eighty pages, two languages, one deadline that does not move.",
    inside: false,
    lists: &[
        (
            "Content",
            "",
            &[
                "Agree the chapter list with the board",
                "Get the letter of the chair",
                "Collect the figures from all five regions",
                "Write the three reports from the field",
                "Shorten chapter four by half",
                "Check every name and title",
            ],
        ),
        (
            "Figures",
            "Henrik has the last word.",
            &[
                "Reconcile the totals with the auditors",
                "Draw the twelve charts",
                "Explain the one bad number honestly",
                "Footnotes for everything estimated",
            ],
        ),
        (
            "Layout",
            "",
            &[
                "Design the opening spreads",
                "Set the tables",
                "Choose forty pictures",
                "Check line breaks in both languages",
                "Make the tagged PDF",
            ],
        ),
        (
            "Translation",
            "",
            &[
                "Send chapters one to five",
                "Agree the list of terms",
                "Read the translation aloud",
                "Take in the corrections",
            ],
        ),
        (
            "Print and web",
            "",
            &[
                "Get prices for 800 copies",
                "Approve the proof",
                "Build the short web version",
                "Send to the shareholders",
                "Announce it",
            ],
        ),
    ],
    loose: &[
        "Remind the chair about the letter",
        "Book the proofreader",
        "Ask for the old page count",
        "Return the auditors' folder",
    ],
    columns: &["Text", "Layout", "With the auditors"],
    cards: &[
        "Letter of the chair",
        "Chapter 1, the year",
        "Chapter 2, people",
        "Chapter 3, money",
        "Chapter 4, outlook",
        "Notes to the accounts",
        "Cover",
        "Charts",
        "Web version",
        "Index",
        "Imprint",
    ],
    messages: &[
        (
            "Timeline",
            "The printing date is fixed by law, so everything is counted backwards from it. We have three weeks of air, and we will need two.",
        ),
        (
            "About the bad number",
            "The board agrees: it stays on page nine, in the same size as the others, with two sentences on why.",
        ),
        ("Text freeze", "From Monday only errors, please. Matters of taste are over."),
        ("Proofs are here", "On the table in the big room. Pencils only, initials on every page."),
        ("It is printed", "It smells of ink and relief. Ten copies are at reception."),
    ],
    talk: &[
        "The total on page 41 is off by one because of rounding. Footnote added.",
        "The chair's letter came, two pages instead of one.",
        "Auditors want \"approximately\" in front of the energy figure.",
        "The German runs longer, table 7 breaks.",
        "Picture on page 12 shows the old sign.",
    ],
    documents: &[
        ("Chapter list", "Who writes, who checks, by when."),
        ("List of terms", "Ninety words and how we translate them."),
        ("Proof corrections", "All of them, with initials."),
    ],
    uploads: &["cover.pdf", "figures.csv", "charts.zip", "letter of the chair.pdf", "spread 12.png"],
    dates: &["Board meets", "Text freeze", "Auditors' review", "Proofs arrive", "Printing", "Annual meeting"],
};

pub(crate) const HIRING: Theme = Theme {
    name: "Hiring two developers",
    about: "Two people who make the rest of us better. No puzzles.",
    inside: true,
    lists: &[
        (
            "Before we start",
            "",
            &[
                "Write down what they will do in the first month",
                "Agree the salary range and publish it",
                "Write the advertisement without superlatives",
                "Choose where to post it",
                "Plan who talks to whom",
            ],
        ),
        (
            "Applications",
            "Answer everybody within five days.",
            &[
                "Read the first thirty",
                "Write to those we do not invite",
                "Invite eight for a first call",
                "Keep the notes in one place and short",
            ],
        ),
        (
            "Conversations",
            "",
            &[
                "First calls, half an hour each",
                "Prepare the pairing exercise",
                "Pairing with Kwame",
                "Lunch with the team",
                "Ask two former colleagues",
            ],
        ),
        (
            "Offer and first weeks",
            "",
            &[
                "Make the offer by phone first",
                "Prepare the contract",
                "Order the laptops",
                "Plan the first week",
                "Find a buddy for each",
                "Ask after thirty days what was missing",
            ],
        ),
    ],
    loose: &[
        "Delete the data of those we did not hire",
        "Thank everybody who interviewed",
        "Update the team page",
        "Book the small room on Tuesday",
    ],
    columns: &["First call", "Pairing", "Offer"],
    cards: &[
        "Candidate A.",
        "Candidate F.",
        "Candidate K.",
        "Candidate M.",
        "Candidate R.",
        "Candidate S.",
        "Candidate T.",
        "Candidate V.",
    ],
    messages: &[
        (
            "How we hire",
            "Published salary, an answer within five days, paid exercise, no trick questions. If you catch yourself asking about manhole covers, stop.",
        ),
        ("Ninety applications", "Far more than expected. Tomás and I read all of them, in the order of arrival."),
        ("After the first calls", "Four of eight go on. Thank you for the notes, they were fair and short."),
        ("She said yes", "She starts on the first. The second offer goes out tomorrow."),
    ],
    talk: &[
        "Liked how she said what she does not know.",
        "Good questions about tests, none about the table football.",
        "I would like to work with him, but not on this.",
        "Offer is out, answer by Wednesday.",
        "The reference was warm and specific.",
    ],
    documents: &[
        ("The advertisement", "What you will do, with whom, for how much, and what we are not good at."),
        ("Pairing exercise", "Ninety minutes on a real, small bug. Paid."),
        ("First week plan", "Monday: keys, lunch, nothing else."),
    ],
    uploads: &["advertisement.pdf", "first week.pdf", "range.csv", "team.jpg"],
    dates: &["Applications close", "First calls", "Pairing day", "Decision", "First day"],
};

pub(crate) const SUPPORT: Theme = Theme {
    name: "Support rota",
    about: "Who answers, how fast, and what we learn from it.",
    inside: true,
    lists: &[
        (
            "This week",
            "Whoever is on the rota looks here first.",
            &[
                "Answer what came in over the weekend",
                "Call back the clinic about the calendar",
                "Pass the printing bug on to Jonas",
                "Write the answer about invoices once and for all",
                "Close what has been quiet for two weeks",
            ],
        ),
        (
            "Known problems",
            "",
            &[
                "Calendar shows the wrong week on Sundays",
                "Export stops at 10,000 rows",
                "Login mail lands in spam",
                "Slow answer on the first of the month",
                "Wrong time zone after the clocks change",
            ],
        ),
        (
            "Help pages",
            "",
            &[
                "Rewrite the page about passwords",
                "Record a one-minute film about exports",
                "Merge the three pages about invoices",
                "Delete what is no longer true",
            ],
        ),
        (
            "Rota",
            "",
            &[
                "Plan the next six weeks",
                "Swap Liam and Wei in week 12",
                "Agree what counts as urgent",
                "Cover for the holidays",
            ],
        ),
    ],
    loose: &[
        "New ring tone for the pager, please",
        "Check the voice mail text",
        "Ask the museum whether it works now",
        "Send the monthly numbers to Daniel",
    ],
    columns: &["Looking into it", "Waiting for the customer", "Fixed, to be told"],
    cards: &[
        "Export stops half-way",
        "Cannot reset password",
        "Double invoice in May",
        "Calendar off by a week",
        "Mail bounces",
        "Page is slow in the morning",
        "Wrong VAT number",
        "Picture upload turns sideways",
        "Lost access after marriage",
        "Question about data location",
    ],
    messages: &[
        (
            "How urgent is urgent",
            "Somebody cannot work: now. Somebody is annoyed: today. Somebody has an idea: thank them and write it down.",
        ),
        (
            "March in numbers",
            "212 questions, half of them answered within the hour. Forty were about invoices, so we rewrite that page.",
        ),
        (
            "Holiday cover",
            "Noor and Wei share the week. The pager stays in the office overnight, nothing is that urgent.",
        ),
        (
            "What we learned from the outage",
            "Say something in the first ten minutes, even if it is only that we are looking.",
        ),
    ],
    talk: &[
        "Told the customer, they are happy.",
        "It is the time zone again.",
        "I can reproduce it with their file.",
        "Waiting for a screenshot.",
        "Same as last month, so now it gets a help page.",
        "She said thank you twice and sent cake.",
    ],
    documents: &[
        ("What counts as urgent", "Three levels, one example each."),
        ("Answers we give often", "Copy, then make it personal."),
        ("Outage notes", "What we saw, what we said, when."),
    ],
    uploads: &["march numbers.csv", "rota.pdf", "screenshot 1182.png", "export log.zip"],
    dates: &["Rota hand-over", "Monthly review", "Help page afternoon", "Pager test"],
};
