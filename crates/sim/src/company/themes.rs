//! What projects are about, and the words that people use in any of them.

mod launches;
mod order;
mod places;
mod products;
mod running;

/// A kind of project with its own words.
#[derive(Debug)]
pub(crate) struct Theme {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    /// The studio's own project rather than a client's.
    pub(crate) inside: bool,
    /// Lists with a description and their to-dos.
    pub(crate) lists: &'static [(&'static str, &'static str, &'static [&'static str])],
    /// To-dos outside any list.
    pub(crate) loose: &'static [&'static str],
    /// The team's own columns.
    pub(crate) columns: &'static [&'static str],
    pub(crate) cards: &'static [&'static str],
    /// Subjects and bodies of messages.
    pub(crate) messages: &'static [(&'static str, &'static str)],
    /// Comments that fit here.
    pub(crate) talk: &'static [&'static str],
    /// Titles and bodies of documents.
    pub(crate) documents: &'static [(&'static str, &'static str)],
    /// File names.
    pub(crate) uploads: &'static [&'static str],
    /// What stands on the schedule.
    pub(crate) dates: &'static [&'static str],
}

/// Every theme; the first projects of a company take them in this order.
pub(crate) const THEMES: [&Theme; 12] = [
    &launches::WEBSITE,
    &launches::CAMPAIGN,
    &products::APP,
    &places::OFFICE,
    &running::REPORT,
    &places::FAIR,
    &running::HIRING,
    &products::PACKAGING,
    &order::PHOTOS,
    &order::AUDIT,
    &launches::NEWSLETTER,
    &running::SUPPORT,
];

/// What a project is about when nothing else is known.
pub(crate) const FALLBACK: Theme = launches::WEBSITE;

/// The `number`th of a pool; past its end it starts over, each round said a little differently.
pub(crate) fn again(pool: &[&str], number: usize) -> String {
    let text = pool.get(number % pool.len().max(1)).copied().unwrap_or("");
    let round = number / pool.len().max(1);
    if round == 0 {
        return text.to_owned();
    }
    // A file keeps its ending.
    if let Some((stem, ending)) = text.rsplit_once('.')
        && ending.len() <= 4
        && !ending.contains(' ')
    {
        return format!("{stem}-{}.{ending}", round + 1);
    }
    // Neighbours begin elsewhere in the list, so that not everything is in its second pass.
    let begin = number % pool.len().max(1) * 3;
    match ROUNDS.get((begin + round - 1) % ROUNDS.len()).filter(|_| round <= ROUNDS.len()) {
        Some(more) => format!("{text}, {more}"),
        None => format!("{text}, round {}", round + 1),
    }
}

const ROUNDS: [&str; 10] = [
    "second pass",
    "with the comments in",
    "for the smaller sizes",
    "after the review",
    "for the German version",
    "once more before release",
    "for the autumn range",
    "with Sofia",
    "for the partners",
    "as agreed on Monday",
];

/// Companies that the studio works for; the first stand where their kind of project does.
pub(crate) const CLIENT_NAMES: [&str; 20] = [
    "Alder & Finch",
    "Lumen Festival",
    "Meridian Cycles",
    "Pembroke Press",
    "Halden Shipping",
    "Solvang Furniture",
    "Juniper Hotels",
    "Coastline Teas",
    "Westport Ferries",
    "Northgate Library",
    "Saltmarsh Foods",
    "Verity Insurance",
    "Tandem Bank",
    "Oak Street Clinic",
    "Riverside Trust",
    "Kestrel Outdoor",
    "Brightwater Energy",
    "Fenwick Museum",
    "Tilia Gardens",
    "Yarrow Skincare",
];

/// What open work waits for.
pub(crate) const BLOCKED: [&str; 10] = [
    "the client's logo files",
    "legal to approve the wording",
    "access to the staging server",
    "the final prices from Sofia",
    "the translation agency",
    "the printer's proof",
    "a decision on the domain name",
    "the photographer's selects",
    "sign-off from Grace",
    "the new contract to be countersigned",
];

pub(crate) const DESCRIPTIONS: [&str; 16] = [
    "Keep it to one page. If it needs two, we have not decided yet.",
    "Notes from the call are in the docs folder, please read them first.",
    "Same approach as last time, but leave room for the longer German labels.",
    "Sofia has promised this to the client, so shout early if it slips.",
    "Two options are enough. They will pick the second one.",
    "Check it on a phone before you call it done.",
    "The old file is a mess. Start from the template instead.",
    "Half a day at most. If it takes longer, ask in the chat.",
    "We need the source files as well as the PDF.",
    "Please put the numbers in the shared sheet when you have them.",
    "Depends on the copy being final, which Elif expects on Thursday.",
    "Talk to Liam about the paper before ordering anything.",
    "The client reads this one line by line, so proofread it twice.",
    "Agreed with Daniel: good enough now, polish after the launch.",
    "Ask for a quote from both suppliers and note which one can do Friday.",
    "Nothing fancy. It has to work and it has to be findable.",
];

pub(crate) const STEPS: [&str; 18] = [
    "Collect what we have",
    "Sketch two directions",
    "Ask Priya for a look",
    "Write the first draft",
    "Check the spelling",
    "Test on a small screen",
    "Get a quote",
    "Agree the date",
    "Send to the client",
    "Take in the corrections",
    "Export for print",
    "Update the changelog",
    "Tell the team",
    "Archive the old version",
    "Measure before and after",
    "Write the alt texts",
    "Double-check the figures",
    "File the receipts",
];

/// Comments that fit anything.
pub(crate) const TALK: [&str; 36] = [
    "Looks good to me. Ship it.",
    "Done, have a look when you get a minute.",
    "I can take this on Thursday.",
    "Can we talk this through before I start? Ten minutes is plenty.",
    "The second version is much clearer, thank you.",
    "I moved the date by two days, the supplier is late again.",
    "Sorry, this one slipped. Back on it this afternoon.",
    "Do we still need this?",
    "I left three small notes in the document.",
    "Client is happy. They only asked for a slightly warmer grey.",
    "Who has the latest file? The one in the folder is from March.",
    "Good catch, fixed.",
    "I would rather not promise Friday. Monday is safe.",
    "Could you add the numbers from last quarter so we can compare?",
    "That works on my phone, but the button jumps on an older one.",
    "Agreed on the call just now: we go with option B.",
    "Parking this until we hear back.",
    "I asked twice and will ring them tomorrow.",
    "Thanks both, that saved us a day.",
    "One thing: the heading still says 2024.",
    "Happy to help if you want a second pair of eyes.",
    "This took longer than planned because the export kept failing. Noted for next time.",
    "Let us keep the old one running for a week, just in case.",
    "I have put the quote in the folder. It is a bit over, but it includes delivery.",
    "Please check the names, I was not sure about two of them.",
    "Waiting on a reply, nothing I can do before that.",
    "Nice. Can the caption be shorter?",
    "I split this into two so that we can finish the first half now.",
    "The numbers do not add up on page four, can you check the total?",
    "Closing the loop: sent on Tuesday, confirmed this morning.",
    "I am off next week, Kwame knows where everything is.",
    "Let us not overthink it.",
    "Is there a reason it is not in the shared folder?",
    "Tested with five people, four found it without help.",
    "Yes please, go ahead.",
    "Back to you, with two questions at the top.",
];

pub(crate) const QUESTIONS: [&str; 2] = ["What did you work on today?", "What are you planning to work on this week?"];

pub(crate) const ANSWERS: [&str; 20] = [
    "Mostly reviews. Finished the second round of comments and sent them back.",
    "Half the day on the estimate, then a call with the client that ran long.",
    "Fixed the two bugs from yesterday and wrote down how to reproduce the third.",
    "Interviews in the morning, notes in the afternoon.",
    "Slow day. Waiting for files, so I tidied the folder.",
    "First complete draft is up. It reads well up to section three.",
    "Paired with Kwame on the navigation. Keyboard order is right at last.",
    "Planning for the print run and three phone calls about paper.",
    "Getting the remaining approvals, then starting on the launch checklist.",
    "Prototype for the check-out, then testing it with Noor on Wednesday.",
    "Writing. Please do not book me before eleven.",
    "Cleaning up the backlog and closing what nobody will ever do.",
    "On site with the client on Tuesday, otherwise at my desk.",
    "Finishing the figures, then the summary for the board.",
    "Two deliveries, one invoice, many emails.",
    "Retouching the last forty pictures.",
    "Looked at the slow page. It is the images, as always.",
    "Set up the test devices and found one surprise on the oldest of them.",
    "Sorting out who does what while Camila is away.",
    "Nothing worth telling. A good day, actually.",
];

pub(crate) const CHAT: [&str; 32] = [
    "Morning all",
    "Anyone else locked out of the file server?",
    "Works for me",
    "Try again now, I restarted it",
    "Thanks, back in",
    "Lunch at one?",
    "Client call moved to 15:00",
    "Can somebody read the intro before I send it?",
    "On it",
    "Two typos, otherwise fine",
    "Train is late, start without me",
    "The courier is here, who ordered six boxes?",
    "That was me, sorry!",
    "Deploying in five minutes",
    "Done, all green",
    "Looks lovely on the big screen",
    "Quick question: which logo is the current one?",
    "The one without the line, in the brand folder",
    "Got it",
    "I will be at the dentist until eleven",
    "They said yes!",
    "Well done everyone",
    "Can we push stand-up to 9:45?",
    "Fine by me",
    "Who is taking notes today?",
    "I can",
    "Reminder: timesheets by noon, please",
    "Mine are in",
    "Is the printer still out of toner?",
    "New one arrives tomorrow",
    "Have a good weekend",
    "You too",
];

pub(crate) const FOLDERS: [&str; 6] =
    ["Contracts and quotes", "Working files", "Old versions", "For the client", "Research", "Final"];

pub(crate) const SPENT: [&str; 12] = [
    "Drafting and corrections",
    "Call with the client and follow-up",
    "Review round",
    "Setting up and testing",
    "On site",
    "Preparing files for print",
    "Research and notes",
    "Fixes after testing",
    "Writing",
    "Layout",
    "Coordination with suppliers",
    "Handover",
];
