//! The list of parts for programs: CycloneDX 1.6 as JSON. The same sources make the same bytes.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::parts::Part;
use crate::step::{OrStop, Outcome};

/// `when` in seconds since 1970.
pub(super) fn document(parts: &[Part], when: u64) -> Outcome<String> {
    let second = i64::try_from(when).or_stop("The date lies too far ahead")?;
    let when = Timestamp::from_second(second).or_stop("The date lies too far ahead")?;
    let version = env!("CARGO_PKG_VERSION");
    let own = format!("pkg:generic/pm-os@{version}");
    let known: Vec<String> = parts.iter().map(Part::label).collect();
    let components: Vec<Value> = parts.iter().map(component).collect();
    let mut uses: Vec<Value> = parts
        .iter()
        .map(|part| {
            let on: Vec<String> =
                part.uses.iter().filter(|label| known.contains(label)).map(|label| address(label)).collect();
            json!({ "ref": address(&part.label()), "dependsOn": on })
        })
        .collect();
    uses.push(json!({ "ref": own, "dependsOn": known.iter().map(|label| address(label)).collect::<Vec<_>>() }));
    let document = json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "timestamp": when.to_string(),
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": "pm-os",
                "version": version,
                "licenses": [{ "expression": "MIT OR Apache-2.0" }],
            },
        },
        "components": components,
        "dependencies": uses,
    });
    serde_json::to_string_pretty(&document).or_stop("The list of parts cannot be written")
}

/// A package address, from `name version`.
fn address(label: &str) -> String {
    format!("pkg:cargo/{}", label.replace(' ', "@").replace('+', "%2B"))
}

fn component(part: &Part) -> Value {
    let address = address(&part.label());
    let mut component = json!({
        "type": "library",
        "bom-ref": address,
        "purl": address,
        "name": part.name,
        "version": part.version,
        // A slash is an `OR` from before expressions.
        "licenses": [{ "expression": part.licence.replace('/', " OR ") }],
    });
    if let Some(fields) = component.as_object_mut() {
        if let Some(sum) = &part.checksum {
            fields.insert("hashes".into(), json!([{ "alg": "SHA-256", "content": sum }]));
        }
        if let Some(place) = &part.repository {
            fields.insert("externalReferences".into(), json!([{ "type": "vcs", "url": place }]));
        }
    }
    component
}

#[cfg(test)]
mod tests;
