//! Things that happen in a place: moving the office, standing at a fair.

use super::Theme;

pub(crate) const OFFICE: Theme = Theme {
    name: "Office move",
    about: "From Quay Street to the old rope works, without losing a working day.",
    inside: true,
    lists: &[
        (
            "The new place",
            "Measure twice.",
            &[
                "Measure every room",
                "Draw who sits where, in pencil",
                "Agree the paint with the landlord",
                "Test the noise in the big room",
                "Order the kitchen",
                "Find out where the draught comes from",
            ],
        ),
        (
            "Contracts",
            "",
            &[
                "Give notice on Quay Street",
                "Sign the lease",
                "Move the insurance",
                "Tell the bank the new address",
                "Cancel the plant service",
            ],
        ),
        (
            "Network and phones",
            "",
            &[
                "Order the line, it takes six weeks",
                "Plan the sockets",
                "Move the server cabinet",
                "Test the wireless in every corner",
                "Label every cable",
            ],
        ),
        (
            "Moving week",
            "",
            &[
                "Book the movers for the Friday",
                "Pack the archive",
                "Label the boxes by room",
                "Find homes for the old desks",
                "Organise lunch for the day",
                "Keys for everybody",
            ],
        ),
        (
            "Settling in",
            "",
            &[
                "Hang the pictures",
                "Fix what squeaks",
                "Party for the neighbours",
                "Change the address on the invoices",
            ],
        ),
    ],
    loose: &[
        "Water the fig tree",
        "Return the old keys",
        "Ask about bicycle parking",
        "New sign for the door",
        "Cancel the coffee lease",
    ],
    columns: &["To arrange", "Arranged", "Being delivered"],
    cards: &[
        "Meeting room table",
        "Acoustic panels",
        "Coffee machine",
        "Coat hooks",
        "Bike stands",
        "Door sign",
        "Blinds on the south side",
        "First aid box",
        "Shower repair",
        "Letter box",
        "Phone booth",
        "Library shelf",
    ],
    messages: &[
        (
            "We are moving",
            "You have heard the rumours. It is the rope works, on the first of the month after next. There is light from two sides and a shower.",
        ),
        (
            "Who sits where, first try",
            "Pencil only. Tell Ruth if you hate it, and tell her why.",
        ),
        (
            "What to pack and what not",
            "Your desk drawer is yours. Everything else the movers do. Please throw away more than you keep.",
        ),
        (
            "The line is late",
            "The provider says the 12th. We have a plan with two mobile routers and low expectations.",
        ),
        (
            "Moving day, minute by minute",
            "Movers at seven. Nobody needs to carry anything. There will be soup.",
        ),
        (
            "We are in",
            "All boxes are found but one. It says \"misc\" and may stay lost.",
        ),
    ],
    talk: &[
        "The south side needs blinds, I could not see my screen at three.",
        "Landlord agrees to the paint if we do it ourselves.",
        "The big table does not fit through the door. Measured again, it does without the legs.",
        "Router is in the cupboard next to the fuse box.",
        "I take two of the old desks for the school.",
    ],
    documents: &[
        ("Floor plan and seats", "Version four. In pen this time."),
        (
            "Who to call",
            "Landlord, movers, electrician, the man with the key.",
        ),
        ("Snag list", "What squeaks, drips or sticks."),
    ],
    uploads: &[
        "floor plan.pdf",
        "big room.jpg",
        "quote movers.pdf",
        "socket plan.png",
        "lease.pdf",
    ],
    dates: &[
        "Viewing with the electrician",
        "Paint weekend",
        "Network goes in",
        "Packing day",
        "Moving day",
        "House-warming",
    ],
};

pub(crate) const FAIR: Theme = Theme {
    name: "Trade fair stand",
    about: "Three days in hall 4. Forty square metres, one good conversation at a time.",
    inside: false,
    lists: &[
        (
            "Stand",
            "",
            &[
                "Draw the stand with a place to sit",
                "Ask for power and water",
                "Order the back wall",
                "Rent two big screens",
                "Plan the light",
                "Get the fire certificate for the fabric",
            ],
        ),
        (
            "Before the fair",
            "",
            &[
                "Invite forty people by name",
                "Write the press text",
                "Print the cards",
                "Rehearse the demo without the network",
                "Pack the box of small tools",
            ],
        ),
        (
            "On site",
            "Who stands when.",
            &[
                "Make the rota for three days",
                "Book rooms near the tram",
                "Organise coffee for the stand",
                "Write down every conversation the same evening",
                "Count the visitors per hour",
            ],
        ),
        (
            "Afterwards",
            "",
            &[
                "Send the promised material within two days",
                "Call the twelve warm contacts",
                "Settle the expenses",
                "Write down what we would do again",
                "Store the wall dry",
            ],
        ),
    ],
    loose: &[
        "Parking permit for the van",
        "Iron the tablecloth",
        "Return the coffee machine",
        "Find the missing adapter",
    ],
    columns: &["Planning", "Ordered", "In the van"],
    cards: &[
        "Back wall",
        "Demo table",
        "Visitor badges",
        "Lanyards, no thanks",
        "Product film loop",
        "Catalogue",
        "Sample boxes",
        "Evening with partners",
        "Press kit",
        "Storage corner",
        "Floor",
        "Plants",
    ],
    messages: &[
        (
            "Hall 4, stand C 17",
            "Corner place, two open sides, next to the coffee. Better than last year.",
        ),
        (
            "What we show",
            "One thing that works, not nine that might. The new lamp, switched on.",
        ),
        (
            "Rota",
            "Nobody stands longer than four hours, and everybody gets a morning to look around.",
        ),
        (
            "Day one",
            "Sixty-three conversations, five real ones. The lamp is the talk of the aisle.",
        ),
        (
            "Thank you",
            "We are tired, and it was worth it. The list of promises is in the to-dos, please take yours.",
        ),
    ],
    talk: &[
        "The organiser wants the fire certificate by Friday.",
        "Power is on the wrong side, they move it for a fee.",
        "The wall arrived with a scratch, at knee height, so we leave it.",
        "Demo runs without the network now.",
        "She asked twice about delivery times. Please call her first.",
    ],
    documents: &[
        (
            "Stand plan",
            "With measures, sockets, and where to hide the boxes.",
        ),
        (
            "What to say in one minute",
            "And what to ask in the second.",
        ),
        (
            "Lessons of last year",
            "More water, fewer brochures, better shoes.",
        ),
    ],
    uploads: &[
        "stand front.png",
        "stand plan.pdf",
        "invitation list.csv",
        "hall map.pdf",
        "lamp film.mp4",
    ],
    dates: &[
        "Order deadline with the organiser",
        "Dress rehearsal",
        "Build-up",
        "Fair, first day",
        "Evening with partners",
        "Follow-up calls",
    ],
};
