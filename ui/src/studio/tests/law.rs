//! The stylesheets of the canvas keep what was measured in WebKit.

/// A blurred shadow on what lies on the layer costs three times the frame.
#[test]
fn nothing_on_the_layer_has_a_shadow() {
    let sheet = include_str!("../../../styles/studio.css");
    let offences: Vec<&str> =
        sheet.lines().filter(|line| line.contains("box-shadow") && !line.starts_with(".studio-ghost")).collect();
    assert_eq!(offences, Vec::<&str>::new());
}

#[test]
fn the_map_is_as_large_as_its_mathematics_say() {
    use crate::studio::minimap::{HEIGHT, WIDTH};
    let sheet = include_str!("../../../styles/studio-over.css");
    let rule = sheet.lines().find(|line| line.starts_with(".studio-map {")).unwrap();
    let edge = crate::studio::MAP_EDGE;
    for part in [
        format!("right: {edge}px"),
        format!("bottom: {edge}px"),
        format!("width: {WIDTH}px"),
        format!("height: {HEIGHT}px"),
    ] {
        assert!(rule.contains(&part), "{part}");
    }
}

#[test]
fn cards_are_as_large_as_the_layout_says() {
    use flow::layout::{CARD_HEIGHT, CARD_WIDTH, LABEL_HEIGHT, LABEL_WIDTH, LARGE_PLUS, PLUS};
    let sheet = include_str!("../../../styles/studio.css");
    for (selector, width, height) in [
        (".studio-pane .step {", CARD_WIDTH, CARD_HEIGHT),
        (".studio-pane .plus {", PLUS, PLUS),
        (".studio-pane .plus.large {", LARGE_PLUS, LARGE_PLUS),
        (".studio-pane .branch {", LABEL_WIDTH, LABEL_HEIGHT),
    ] {
        let rule = sheet.lines().find(|line| line.starts_with(selector)).unwrap();
        assert!(rule.contains(&format!("width: {width}px; height: {height}px")), "{rule}");
    }
}
