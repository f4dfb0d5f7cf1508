//! The people of Harbour Studio, and two of their clients.

use jiff::{Timestamp, ToSpan as _};

use super::calendar::Calendar;
use crate::dice::Dice;
use crate::world::Person;

/// One seat: name, address, title, time zone, place, a line about them.
type Seat = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

const STAFF: [Seat; 17] = [
    (
        "Maya Lindqvist",
        "maya",
        "Senior project manager",
        "Europe/London",
        "Bristol",
        "Plans it, asks about it, writes it down.",
    ),
    (
        "Daniel Okonkwo",
        "daniel",
        "Founder and managing director",
        "Europe/London",
        "Bristol",
        "Started the studio above a chandlery in 2011.",
    ),
    ("Priya Raman", "priya", "Head of design", "Europe/London", "London", "Typography, tea and long walks."),
    (
        "Tomás Herrera",
        "tomas",
        "Lead developer",
        "Europe/Madrid",
        "Valencia",
        "Builds the thing, then makes it faster.",
    ),
    ("Aiko Tanaka", "aiko", "Product designer", "Asia/Tokyo", "Kyoto", "Draws the boring states first."),
    ("Kwame Mensah", "kwame", "Front-end developer", "Africa/Accra", "Accra", "Keyboard first, mouse second."),
    ("Elif Yılmaz", "elif", "Content strategist", "Europe/Istanbul", "Istanbul", "Shorter, please."),
    ("Jonas Becker", "jonas", "Back-end developer", "Europe/Berlin", "Leipzig", "Queues, caches and quiet pagers."),
    ("Sofia Rossi", "sofia", "Account director", "Europe/Rome", "Turin", "The first call of the morning."),
    ("Liam O'Sullivan", "liam", "Production manager", "Europe/Dublin", "Cork", "Knows every printer by first name."),
    ("Noor Haddad", "noor", "UX researcher", "Asia/Beirut", "Beirut", "Listens for what people do not say."),
    ("Wei Zhang", "wei", "Quality engineer", "Asia/Singapore", "Singapore", "Finds it before you ship it."),
    (
        "Amara Diallo",
        "amara",
        "Photographer and art director",
        "Africa/Dakar",
        "Dakar",
        "Natural light if at all possible.",
    ),
    (
        "Henrik Solberg",
        "henrik",
        "Finance and operations",
        "Europe/Oslo",
        "Bergen",
        "Invoices out on the first, always.",
    ),
    ("Camila Duarte", "camila", "Motion designer", "America/Sao_Paulo", "Recife", "Twelve frames say enough."),
    ("Ruth Abrams", "ruth", "Office and people manager", "Europe/London", "Bristol", "Ask me where it is."),
    ("Mateusz Kowalski", "mateusz", "Copywriter", "Europe/Warsaw", "Gdańsk", "Verbs over adjectives."),
];

const CLIENTS: [(Seat, &str); 2] = [
    (
        (
            "Grace Whitfield",
            "grace.whitfield",
            "Marketing director",
            "Europe/London",
            "Bath",
            "Client lead for the relaunch.",
        ),
        "Alder & Finch",
    ),
    (
        ("Ravi Menon", "ravi.menon", "Brand manager", "Asia/Kolkata", "Kochi", "Client lead for packaging."),
        "Coastline Teas",
    ),
];

/// Everybody, the signed-in person first.
pub(crate) fn everybody(calendar: &Calendar, dice: &mut Dice) -> Vec<Person> {
    let mut people = Vec::new();
    let staff = STAFF.iter().map(|seat| (seat, "Harbour Studio", "harbour.studio"));
    let clients = CLIENTS.iter().map(|(seat, company)| (seat, *company, "example.com"));
    for (at, (seat, company, domain)) in staff.chain(clients).enumerate() {
        let (name, mail, title, zone, place, bio) = *seat;
        let joined = calendar.day(-250 - dice.between(0, 1_600));
        let client = company != "Harbour Studio";
        people.push(Person {
            id: person_id(at),
            name: name.to_owned(),
            email: format!("{mail}@{domain}"),
            title: title.to_owned(),
            bio: Some(bio.to_owned()).filter(|_| at % 5 != 4),
            location: Some(place.to_owned()),
            time_zone: zone.to_owned(),
            company: company.to_owned(),
            owner: at == 1,
            admin: at == 0 || at == 1 || at == 2,
            client,
            created_at: calendar.moment_on(joined, dice),
        });
    }
    people
}

/// When the account was opened.
pub(crate) fn opened(calendar: &Calendar) -> Timestamp {
    calendar
        .day(-2_400)
        .saturating_sub(1.day())
        .to_zoned(jiff::tz::TimeZone::UTC)
        .map_or(calendar.now, |zoned| zoned.timestamp())
}

/// Most ids are short as on older accounts; a few are beyond 2^53, as on newer ones.
fn person_id(at: usize) -> i64 {
    let at = i64::try_from(at).unwrap_or(0);
    if at % 6 == 5 { 9_007_199_254_741_017 + at * 31 } else { 1_049_715_900 + at * 7 }
}
