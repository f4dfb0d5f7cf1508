//! Things that are made: an app, packaging.

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
