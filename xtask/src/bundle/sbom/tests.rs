#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use super::*;

fn part(name: &str, licence: &str, uses: &[&str]) -> Part {
    Part {
        name: name.into(),
        version: "1.0.0+a".into(),
        licence: licence.into(),
        folder: "/".into(),
        repository: None,
        checksum: Some("00ff".into()),
        uses: uses.iter().map(|label| (*label).to_owned()).collect(),
    }
}

#[test]
fn every_part_is_listed_with_what_it_uses() {
    let parts = [part("one", "MIT/Apache-2.0", &["two 1.0.0+a", "gone 1.0.0"]), part("two", "Zlib", &[])];
    let text = document(&parts, 0).unwrap();
    assert_eq!(text, document(&parts, 0).unwrap());
    let told: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(told["metadata"]["timestamp"], "1970-01-01T00:00:00Z");
    assert_eq!(told["components"][0]["purl"], "pkg:cargo/one@1.0.0%2Ba");
    assert_eq!(told["components"][0]["licenses"][0]["expression"], "MIT OR Apache-2.0");
    assert_eq!(told["components"][1]["hashes"][0]["content"], "00ff");
    assert_eq!(
        told["dependencies"][0]["dependsOn"],
        json!(["pkg:cargo/two@1.0.0%2Ba"]),
        "a part that is not listed is named"
    );
    // Every reference leads to something listed.
    let known: Vec<&Value> = told["components"].as_array().unwrap().iter().map(|part| &part["bom-ref"]).collect();
    for line in told["dependencies"].as_array().unwrap() {
        assert!(line["dependsOn"].as_array().unwrap().iter().all(|on| known.contains(&on)), "{line}");
    }
}
