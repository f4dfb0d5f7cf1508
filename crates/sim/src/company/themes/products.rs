//! Things that are made: an app, packaging, a photo library, an audit.

use super::Theme;

pub(crate) const APP: Theme = Theme {
    name: "Rider app",
    about: "Find a bike, ride it, pay for it. First release for two cities.",
    inside: false,
    lists: &[
        (
            "First release",
            "If it is not on this list, it is not in the first release.",
            &[
                "Show free bikes on the map",
                "Unlock a bike with the phone",
                "Pay with a saved card",
                "Report a flat tyre in two taps",
                "Receipts by mail",
                "Sign in without a password",
                "Make it work in a tunnel",
            ],
        ),
        (
            "Design",
            "",
            &[
                "Draw the ride screen for one hand",
                "Design what happens when the lock does not answer",
                "Icons for the four bike types",
                "Large text all the way through",
                "Dark map style",
                "Sketch the first run in three steps",
            ],
        ),
        (
            "Server",
            "Jonas keeps the list short.",
            &[
                "Agree the lock protocol with the hardware team",
                "Queue ride events when the network is gone",
                "Rate limit the sign-in codes",
                "Back up the ride table every hour",
                "Write the runbook for a payment outage",
            ],
        ),
        (
            "Testing",
            "",
            &[
                "Ride ten kilometres with each test phone",
                "Test with the oldest supported phone",
                "Ask twelve riders to unlock without help",
                "Check the battery drain over a day",
                "Try every screen with the voice reader",
            ],
        ),
        (
            "Store release",
            "",
            &[
                "Write the store description",
                "Make the six screenshots",
                "Fill in the privacy questions",
                "Send the build for review",
                "Plan a slow roll-out over five days",
            ],
        ),
    ],
    loose: &[
        "Return the broken test lock",
        "Renew the developer account",
        "Ask the city about parking zones",
        "Order four phone holders",
        "Collect the crash reports from the weekend",
    ],
    columns: &["Doing", "Testing", "Next release"],
    cards: &[
        "Map is blank on first start",
        "Unlock takes nine seconds",
        "Wrong price after midnight",
        "Cannot end ride in the rain",
        "Battery warning comes too late",
        "Share a ride",
        "Group unlock",
        "Student price",
        "Ride history by month",
        "Crash when the card has expired",
        "Quiet mode",
        "Haptic on unlock",
        "Show the nearest workshop",
    ],
    messages: &[
        (
            "What is in and what is out",
            "In: find, unlock, ride, pay, report. Out: friends, badges, streaks. We can talk about streaks in a year.",
        ),
        (
            "Hardware news",
            "The new lock answers in under a second. The old one needs three, and we have four hundred of them.",
        ),
        (
            "Test ride on Friday",
            "Meet at the bridge at three. Bring the oldest phone that you own.",
        ),
        (
            "Payment outage on Sunday",
            "Forty minutes, nobody was charged twice. The write-up is in the docs, with what we change.",
        ),
        (
            "Beta is open",
            "Two hundred riders, half of them in the rain already. Thank you, Noor, for the invitations.",
        ),
        (
            "Review passed",
            "First try. The slow roll-out starts tomorrow at ten.",
        ),
    ],
    talk: &[
        "Reproduced on the old phone: the map waits for a permission that was never asked.",
        "The lock says no when the battery is under 12 per cent. We should say why.",
        "Works in the tunnel. I rode it four times.",
        "Fixed in build 214.",
        "Nine out of twelve found the button. The others looked for it on the bike.",
        "Please do not ship this on a Friday.",
    ],
    documents: &[
        (
            "Scope of the first release",
            "Five things, and the reasons for the eleven that are missing.",
        ),
        (
            "Lock protocol",
            "Messages, answers, timeouts. Ask before changing a number.",
        ),
        (
            "Outage of Sunday",
            "What happened, what riders saw, what we change.",
        ),
        (
            "Beta feedback",
            "Sorted by how many said it, not by how loudly.",
        ),
    ],
    uploads: &[
        "ride screen.png",
        "lock protocol.pdf",
        "crash log.zip",
        "store screens.png",
        "beta answers.csv",
        "unlock demo.mp4",
    ],
    dates: &[
        "Sprint planning",
        "Design critique",
        "Test ride",
        "Beta opens",
        "Release candidate",
        "Store review",
        "Roll-out begins",
        "Retrospective",
    ],
};

pub(crate) const PACKAGING: Theme = Theme {
    name: "Packaging refresh",
    about: "Eighteen boxes, one family. Less plastic, the same shelf.",
    inside: false,
    lists: &[
        (
            "Structure",
            "",
            &[
                "Measure all eighteen boxes",
                "Find a tuck that closes without glue",
                "Test the box in the drop machine",
                "Ask the packing line what annoys them",
                "Cut ten white dummies",
            ],
        ),
        (
            "Graphics",
            "",
            &[
                "Draw the family on one sheet",
                "Pick the paper with Liam",
                "Set the ingredients in seven languages",
                "Make the small print readable at arm's length",
                "Draw the harvest pictures",
                "Colour proof on the real board",
            ],
        ),
        (
            "Legal",
            "Nothing is printed before this list is empty.",
            &[
                "Check the nutrition table",
                "Confirm the organic mark number",
                "Agree the recycling marks per country",
                "Have the claims approved",
            ],
        ),
        (
            "Print",
            "",
            &[
                "Ask three printers for a price",
                "Book press time in week 36",
                "Travel to the press check",
                "Release the files for the first six",
                "Release the files for the other twelve",
                "Agree the delivery dates",
            ],
        ),
        (
            "Shelf",
            "",
            &[
                "Photograph the shelf before",
                "Plan the change-over per shop",
                "Write one page for the shop staff",
                "Photograph the shelf after",
            ],
        ),
    ],
    loose: &[
        "Send samples to Ravi",
        "Count the old boxes that are left",
        "Ask about the barcode of the gift box",
        "Pay the cutting die",
    ],
    columns: &["Drawing", "Proof", "At the printer"],
    cards: &[
        "Breakfast blend 100 g",
        "Green no. 4",
        "Gift box",
        "Travel tin",
        "Sample sachet",
        "Shop display",
        "Iced tea bottle",
        "Refill bag",
        "Holiday sleeve",
        "Barcode too close to the fold",
        "Varnish or no varnish",
        "Inside of the lid",
    ],
    messages: &[
        (
            "Why we do this",
            "The old boxes are eleven years old and have nine greens. Now there will be one green, and half the plastic.",
        ),
        (
            "Paper chosen",
            "Uncoated, 300 grams, from the mill that Liam likes. It smells good too.",
        ),
        (
            "Press check, what to bring",
            "The approved proofs, the colour book, a loupe, patience.",
        ),
        (
            "First six are printed",
            "They look as they should. The seventh language fits, just.",
        ),
        (
            "Line trial went well",
            "Two thousand boxes, four jams, all from the old glue setting.",
        ),
    ],
    talk: &[
        "The green dries darker on this board. We go two per cent lighter.",
        "Ravi asks for the leaf to be five millimetres bigger.",
        "The barcode scans now, also when wet.",
        "Legal wants \"natural\" gone. Mateusz has a better word anyway.",
        "The dummy closes with a lovely sound.",
    ],
    documents: &[
        (
            "The family on one sheet",
            "All eighteen, side by side, with what is common and what is not.",
        ),
        (
            "Small print",
            "Seven languages, checked by people who speak them.",
        ),
        (
            "Press check notes",
            "What we changed at the machine and why.",
        ),
    ],
    uploads: &[
        "family sheet.pdf",
        "green no 4.pdf",
        "dieline.pdf",
        "shelf before.jpg",
        "shelf after.jpg",
        "costs.csv",
    ],
    dates: &[
        "Paper choice",
        "Proof review with Coastline",
        "Press check",
        "Line trial",
        "First delivery",
        "Shop change-over",
    ],
};

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
    loose: &[
        "Give the slide scanner back",
        "Order archive boxes",
        "Ask Amara for the raw files",
        "Label the drives",
    ],
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
        (
            "How we name things",
            "Year, place, what is to be seen. No \"final\", no \"new\", no \"IMG\".",
        ),
        (
            "Box 14 is a treasure",
            "Ninety prints of the old slipway, nobody knows who took them. Ask your grandparents.",
        ),
        (
            "Trial import",
            "A thousand pictures took eleven minutes. Finding one of them takes four seconds.",
        ),
        (
            "Rights, the short version",
            "Green may go anywhere, amber only inside, red stays in the drawer.",
        ),
    ],
    talk: &[
        "That is the old slipway, so it is before 1968.",
        "The scan has dust in the upper left, I redo it.",
        "The agency answered: we may use it until 2031.",
        "Keyword \"boat\" has 6,000 hits. We need smaller boats.",
        "She is happy to be in it and asks for a print.",
    ],
    documents: &[
        (
            "Keywords",
            "Forty words. If you need another one, take one out.",
        ),
        (
            "Guide on one page",
            "Find, check the colour, download, credit.",
        ),
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
    dates: &[
        "Sorting day",
        "Rights review",
        "Portrait session",
        "Trial import",
        "Library opens",
    ],
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
        (
            "Retest results",
            "All nine serious ones are gone. Two moderate ones came back with the new footer.",
        ),
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
        (
            "Findings",
            "Forty-one, each with who is stopped by it and how to fix it.",
        ),
        (
            "Accessibility statement",
            "What works, what does not, by when, whom to ask.",
        ),
        (
            "Training notes",
            "Headings, alt texts, link texts, tables. With examples from our own pages.",
        ),
    ],
    uploads: &[
        "findings.csv",
        "session 2.mp4",
        "contrast pairs.png",
        "statement.pdf",
    ],
    dates: &[
        "Test session with users",
        "Findings review",
        "Training for editors",
        "Retest",
        "Statement goes public",
    ],
};
