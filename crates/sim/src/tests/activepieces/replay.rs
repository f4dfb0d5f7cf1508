//! The requests of the captures, sent again in their order: the same status, and the same answer but for ids and dates, or
//! the same shape where the content is each server's own.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::captures::{Capture, capture, learn, masked, shape};
use super::worker::Worker;
use super::{Desk, Hand, read};
use crate::activepieces::{Installation, Options};

/// How strictly an answer is compared.
#[derive(Clone, Copy, PartialEq)]
enum As {
    /// Equal but for ids and dates.
    Same,
    /// The same keys and types.
    Shape,
}
use As::{Same, Shape};

struct Replay {
    desk: Desk,
    /// Our id for each of theirs.
    ids: HashMap<String, String>,
}

impl Replay {
    /// Somebody has signed up, as in the captures.
    async fn begin() -> Self {
        let mut replay = Self::fresh().await;
        replay.all(Shape, &["004", "005", "013"]).await;
        replay
    }

    async fn fresh() -> Self {
        let hand = Hand::new();
        let options = Options {
            installation: Some(Installation::new(11)),
            clock: hand.clock(),
            execute: Some(std::sync::Arc::new(Worker::of_the_captures())),
            ..Options::default()
        };
        let mut desk = Desk::of(options, hand).await;
        desk.token = String::new();
        Self { desk, ids: HashMap::new() }
    }

    async fn all(&mut self, how: As, numbers: &[&str]) {
        for number in numbers {
            self.one(how, number).await;
        }
    }

    async fn one(&mut self, how: As, number: &str) -> Value {
        let capture = capture(number);
        let answer = self.send(&capture).await;
        if let Some(token) = answer["token"].as_str() {
            self.desk.token = token.to_owned();
        }
        match how {
            Same => {
                let (ours, theirs) = (masked(&answer), masked(&capture.answer));
                assert!(ours == theirs, "{}:\n{ours:#}\nis not\n{theirs:#}", capture.name);
            }
            Shape => {
                let mut found = Vec::new();
                shape(&capture.answer, &answer, "", &mut found);
                assert!(found.is_empty(), "{}: {found:#?}\n{answer:#}", capture.name);
            }
        }
        learn(&capture.answer, &answer, &mut self.ids);
        self.desk.sound();
        answer
    }

    fn ours(&self, text: &str) -> String {
        self.ids.iter().fold(text.to_owned(), |text, (theirs, ours)| text.replace(theirs, ours))
    }

    /// Sends the request of a capture with our ids. The status and the headers have to be those of the capture.
    async fn send(&mut self, capture: &Capture) -> Value {
        self.desk.hand.forward(2);
        let url = format!("{}{}", self.desk.server.base_url(), self.ours(&capture.path));
        let mut request = self.desk.http.request(capture.method.parse().unwrap(), url);
        if capture.signed_in {
            let token = if capture.name.contains("bad-token") { "garbage.token.here" } else { &self.desk.token };
            request = request.bearer_auth(token);
        }
        if !capture.body.is_null() {
            let body = self.ours(&capture.body.to_string());
            request = request.header("content-type", "application/json").body(body);
        }
        let got = read(request.send().await.unwrap()).await;
        assert_eq!(got.status, capture.status, "{}: {}", capture.name, got.body);
        for header in &capture.headers {
            assert!(got.headers.contains_key(header), "{}: no header {header}", capture.name);
        }
        got.body
    }

    /// An entity that no capture shows being made stands for theirs.
    async fn flow_for(&mut self, theirs: &str, name: &str) -> String {
        let project = self.desk.server.project_id();
        let body = json!({ "projectId": project, "displayName": name });
        let made = self.desk.good("POST", "/v1/flows", Some(body)).await;
        let id = made["id"].as_str().unwrap().to_owned();
        self.ids.insert(theirs.to_owned(), id.clone());
        id
    }

    async fn settled(&self) {
        for _ in 0..2_000 {
            let open = self.desk.server.look(|all| {
                let busy = ["QUEUED", "RUNNING"];
                all.runs().any(|(_, _, status)| busy.contains(&status.word()))
            });
            if !open {
                return;
            }
            tokio::task::yield_now().await;
        }
        panic!("the runs never settled");
    }
}

#[tokio::test]
async fn people_platforms_and_projects() {
    let mut replay = Replay::fresh().await;
    replay.all(Same, &["001", "003"]).await;
    replay.one(Shape, "002").await;
    replay.one(Shape, "004").await;
    let onboarding = replay.desk.token.clone();
    replay.one(Shape, "005").await;
    let signed_in = std::mem::replace(&mut replay.desk.token, onboarding);
    replay.one(Same, "006").await;
    replay.desk.token = signed_in;
    replay.all(Same, &["007", "008", "009"]).await;
    replay.one(Shape, "010").await;
    replay.all(Same, &["011"]).await;
    replay.all(Shape, &["012", "013", "014", "015", "016"]).await;
    // The name of a personal project stays though 200 is answered.
    let project = replay.desk.good("GET", &format!("/v1/projects/{}", replay.desk.server.project_id()), None).await;
    assert_eq!(project["displayName"], "Loopback's Project");
    replay.all(Same, &["017", "018", "019", "020", "021", "022", "023", "024", "164"]).await;
    replay.all(Same, &["160", "161", "162", "163", "166", "167"]).await;
    replay.one(Shape, "165").await;
}

#[tokio::test]
async fn flows_their_operations_and_runs() {
    let mut replay = Replay::begin().await;
    replay.all(Same, &["043", "044"]).await;
    let edits = [
        "045", "046", "047", "048", "049", "050", "051", "052", "053", "054", "055", "056", "057", "058", "059", "060",
        "061", "062", "063", "064", "065", "066", "067", "068", "069", "070", "071", "072",
    ];
    replay.all(Same, &edits).await;
    replay.all(Same, &["073", "074"]).await;
    replay.all(Shape, &["075", "076"]).await;
    replay.all(Same, &["077", "078", "079", "080", "081"]).await;
    replay.settled().await;
    let run = replay.ids["fwiX0yP4IjRtYCIQhAvIR"].clone();
    replay.desk.run_is(&run, "SUCCEEDED").await;
    replay.one(Shape, "082").await;
    replay.all(Same, &["083", "084"]).await;
    // The runs in the order of their dates.
    replay.all(Same, &["088", "090", "091"]).await;
    replay.desk.server.set_webhook_timeout(std::time::Duration::from_millis(100));
    replay.all(Same, &["095", "093", "092", "094"]).await;
    replay.settled().await;
    replay.all(Shape, &["096", "097"]).await;
    replay.one(Same, "100").await;
    replay.all(Shape, &["101", "102", "103"]).await;
    replay.settled().await;
    replay.all(Same, &["104", "105", "106", "107", "108"]).await;
    replay.settled().await;
    replay.all(Same, &["109", "110", "111"]).await;
    replay.all(Shape, &["112", "113", "114"]).await;
    replay.flow_for("4UEKh95KGoppb6UXk9kai", "Another").await;
    replay.all(Shape, &["115", "116", "118"]).await;
    replay.one(Same, "117").await;
}

#[tokio::test]
async fn imports() {
    let mut replay = Replay::begin().await;
    replay.all(Same, &["119", "120"]).await;
    replay.flow_for("PjIYfN8RRkRmUBzJzQWpk", "Old syntax").await;
    replay.one(Same, "121").await;
    replay.all(Same, &["185"]).await;
    replay.one(Shape, "186").await;
}

#[tokio::test]
async fn error_branches_approvals_and_cancelling() {
    let mut replay = Replay::begin().await;
    replay.flow_for("TUi0RANkCiW6os7CO8M6d", "Approval + error branches").await;
    replay.all(Same, &["170", "171", "172", "173", "174", "175", "176", "177"]).await;
    replay.settled().await;
    replay.desk.hand.forward(1);
    replay.one(Same, "178").await;
    replay.settled().await;
    let listed = replay.one(Shape, "179").await;
    // The newest first: theirs began the other way round.
    let ids = ["b8yYwfypBCilsZaa5y252", "V4FKqKGqozyx8G32eQqaG"];
    for (theirs, row) in ids.iter().zip(listed["data"].as_array().unwrap()) {
        replay.ids.insert((*theirs).to_owned(), row["id"].as_str().unwrap().to_owned());
    }
    replay.all(Shape, &["180", "181"]).await;
    replay.one(Same, "182").await;
    replay.one(Shape, "183").await;
    replay.all(Same, &["184"]).await;
    replay.one(Shape, "213").await;
}

#[tokio::test]
async fn silent_and_loud_refusals() {
    let mut replay = Replay::begin().await;
    replay.flow_for("PdiaMUShJFIHqNiLYxKhE", "Edge cases").await;
    replay.all(Same, &["189", "190", "191", "192", "193", "194", "195"]).await;
    // Their migrations add more than the references, so only those are compared.
    let answer = replay.one_loosely("196").await;
    let input = &answer["version"]["trigger"]["nextAction"]["settings"]["input"];
    assert_eq!(*input, json!({ "a": "{{trigger['output']['output']['body']}}" }));
    let answer = replay.one_loosely("197").await;
    let input = &answer["version"]["trigger"]["nextAction"]["settings"]["input"];
    assert_eq!(*input, json!({ "a": "{{trigger['output']['body']}}" }));
    assert_eq!(answer["publishedVersionId"].as_str().map(str::len), Some(21));
    replay.one_loosely("198").await;
    replay.all(Same, &["199", "202"]).await;
}

impl Replay {
    /// Only the status is compared.
    async fn one_loosely(&mut self, number: &str) -> Value {
        let capture = capture(number);
        let answer = self.send(&capture).await;
        learn(&capture.answer, &answer, &mut self.ids);
        self.desk.sound();
        answer
    }
}

#[tokio::test]
async fn connections_and_variables() {
    let mut replay = Replay::begin().await;
    replay.all(Same, &["122", "123", "124", "125", "126"]).await;
    replay.one(Shape, "127").await;
    replay.one(Same, "128").await;
    replay.all(Shape, &["130", "131"]).await;
    replay.all(Same, &["132", "133", "134"]).await;
    replay.all(Same, &["135", "136", "137"]).await;
}

#[tokio::test]
async fn tables_folders_and_what_can_be_chosen() {
    let mut replay = Replay::begin().await;
    replay.flow_for("JR1F8pAbKYDEfngFsB74z", "Order intake").await;
    replay.all(Shape, &["138", "139", "140"]).await;
    replay.one(Same, "141").await;
    replay.all(Same, &["144", "145", "146", "147", "148"]).await;
    replay.all(Shape, &["149", "150", "151", "152"]).await;
    replay.all(Same, &["153", "154", "155", "156"]).await;
    replay.one(Shape, "157").await;
    replay.one(Same, "041").await;
    replay.one(Same, "042").await;
    replay.one(Same, "169").await;
    replay
        .desk
        .good("POST", "/v1/folders", Some(json!({ "projectId": replay.desk.server.project_id(), "displayName": "A" })))
        .await;
    replay.one(Shape, "158").await;
}

#[tokio::test]
async fn signing_in_too_often() {
    let mut replay = Replay::begin().await;
    let capture = capture("188");
    let mut last = 401;
    for _ in 0..60 {
        let body = json!({ "email": "ada@example.com", "password": "Wrong-pass-1" });
        last = replay.desk.post("/v1/authentication/sign-in", body).await.status;
        if last == 429 {
            break;
        }
        assert_eq!(last, 401);
    }
    assert_eq!(last, 429);
    let answer = replay.send(&capture).await;
    assert_eq!(answer["statusCode"], 429);
    assert!(answer["message"].as_str().unwrap().starts_with("Rate limit exceeded, retry in"));
    // Nothing else is limited.
    let project = replay.desk.server.project_id();
    for _ in 0..80 {
        assert_eq!(replay.desk.get(&format!("/v1/flows/count?projectId={project}")).await.status, 200);
    }
    replay.desk.hand.forward(61);
    let body = json!({ "email": "ada@example.com", "password": "Loopback-1234" });
    assert_eq!(replay.desk.post("/v1/authentication/sign-in", body).await.status, 200);
}
