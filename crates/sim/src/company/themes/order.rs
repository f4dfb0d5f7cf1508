//! Things that are put in order: a photo library, an audit.

use super::Theme;

pub(crate) const PHOTOS: Theme = Theme {
    name: "Photo library",
    about: "Forty thousand pictures, findable by somebody who was not there.",
    inside: false,
    lists: &[
        (
            "Sorting",
            "One decade a month.",
            &[
                "Throw out the doubles",
                "Name the people in the 1990s boxes",
                "Sort the harbour series by year",
                "Mark the pictures we may not use",
                "Scan the slides from the attic",
                "Agree on forty keywords and no more",
            ],
        ),
        (
            "Rights",
            "",
            &[
                "Find the contract with the first photographer",
                "Write to the three agencies",
                "Ask the people in the portraits",
                "Record where each licence ends",
            ],
        ),
        (
            "System",
            "",
            &[
                "Compare two picture databases",
                "Import the first thousand as a trial",
                "Set up who may download what",
                "Write the one-page guide",
                "Back it up in a second place",
            ],
        ),
        (
            "New pictures",
            "",
            &[
                "Photograph the workshop",
                "Portraits of the new colleagues",
                "Harbour at six in the morning",
                "Product pictures on white",
            ],
        ),
    ],
    loose: &["Give the slide scanner back", "Order archive boxes", "Ask Amara for the raw files", "Label the drives"],
    columns: &["Sorting", "Rights check", "Published"],
    cards: &[
        "1970 to 1979",
        "1980 to 1989",
        "1990 to 1999",
        "Workshop series",
        "Portraits",
        "Harbour at dawn",
        "Aerials",
        "Opening night",
        "Staff parties, private",
        "Glass plates",
        "Unknown, box 14",
    ],
    messages: &[
        ("How we name things", "Year, place, what is to be seen. No \"final\", no \"new\", no \"IMG\"."),
        (
            "Box 14 is a treasure",
            "Ninety prints of the old slipway, nobody knows who took them. Ask your grandparents.",
        ),
        ("Trial import", "A thousand pictures took eleven minutes. Finding one of them takes four seconds."),
        ("Rights, the short version", "Green may go anywhere, amber only inside, red stays in the drawer."),
    ],
    talk: &[
        "That is the old slipway, so it is before 1968.",
        "The scan has dust in the upper left, I redo it.",
        "The agency answered: we may use it until 2031.",
        "Keyword \"boat\" has 6,000 hits. We need smaller boats.",
        "She is happy to be in it and asks for a print.",
    ],
    documents: &[
        ("Keywords", "Forty words. If you need another one, take one out."),
        ("Guide on one page", "Find, check the colour, download, credit."),
        ("Letters to agencies", "Three letters and what came back."),
    ],
    uploads: &[
        "slipway.jpg",
        "dawn 014.jpg",
        "portrait wall.jpg",
        "keywords.csv",
        "contract 1994.pdf",
        "contact sheet.png",
    ],
    dates: &["Sorting day", "Rights review", "Portrait session", "Trial import", "Library opens"],
};

pub(crate) const AUDIT: Theme = Theme {
    name: "Accessibility audit",
    about: "Every page against the guidelines, fixed in the order that helps most people first.",
    inside: false,
    lists: &[
        (
            "Audit",
            "",
            &[
                "Choose the thirty pages that stand for the rest",
                "Test every form by keyboard alone",
                "Test with two screen readers",
                "Measure all contrasts",
                "Try everything at 400 per cent zoom",
                "Sit with three people who use it every day",
            ],
        ),
        (
            "Fixes, serious",
            "These stop somebody completely.",
            &[
                "Give the date picker a keyboard way",
                "Label the search field",
                "Stop the dialog from losing the focus",
                "Announce errors when they appear",
                "Subtitles for the intro film",
            ],
        ),
        (
            "Fixes, moderate",
            "",
            &[
                "Make the focus ring visible on dark",
                "Headings in the right order",
                "Link texts that make sense alone",
                "Larger targets in the footer",
                "Say which fields are required",
            ],
        ),
        (
            "Habits",
            "So that it does not come back.",
            &[
                "Add the checks to the build",
                "Half a day of training for editors",
                "Write the accessibility statement",
                "Ask for feedback on every page",
            ],
        ),
    ],
    loose: &[
        "Pay the three testers",
        "Book the room with the loop",
        "Send the draft statement to legal",
        "Thank Noor for the contacts",
    ],
    columns: &["Fixing", "Retest", "Confirmed"],
    cards: &[
        "Date picker",
        "Cookie notice traps the focus",
        "Menu closes on its own",
        "Charts without a table",
        "PDF forms",
        "Time-out without a warning",
        "Colour alone says error",
        "Sign-in code is hard to copy",
        "Map without text",
        "Captcha",
    ],
    messages: &[
        (
            "What we found",
            "Forty-one findings, nine of them serious. Most of the nine are one component used nine times.",
        ),
        (
            "Watching people use it",
            "Please watch the second recording. Eleven minutes for what takes us twenty seconds.",
        ),
        ("Retest results", "All nine serious ones are gone. Two moderate ones came back with the new footer."),
        (
            "The statement is out",
            "It says what works, what does not yet, and whom to write to. We got the first mail the same day.",
        ),
    ],
    talk: &[
        "Works with the keyboard now, also backwards.",
        "The screen reader says \"button button\". One too many.",
        "Contrast is 4.6, was 3.1.",
        "At 400 per cent the total hides under the footer.",
        "Tested with Margaret: found it at once.",
    ],
    documents: &[
        ("Findings", "Forty-one, each with who is stopped by it and how to fix it."),
        ("Accessibility statement", "What works, what does not, by when, whom to ask."),
        ("Training notes", "Headings, alt texts, link texts, tables. With examples from our own pages."),
    ],
    uploads: &["findings.csv", "session 2.mp4", "contrast pairs.png", "statement.pdf"],
    dates: &["Test session with users", "Findings review", "Training for editors", "Retest", "Statement goes public"],
};
