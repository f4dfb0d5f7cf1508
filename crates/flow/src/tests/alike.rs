//! When two steps are the same.

use crate::{Chain, Code, Kind, Map, Other, Piece, PieceCall, Step};

/// Every field counts when two steps are compared: what is left out would be lost in a comparison of versions.
#[test]
fn steps_that_differ_anywhere_are_not_alike() {
    let odd = || Map::from_iter([("odd".to_owned(), 1.into())]);
    let all: Vec<Step> = vec![
        Step::code("a", "A", "x"),
        Step::piece("a", "A", PieceCall::default()),
        Step::loop_on("a", "A", "x"),
        Step::router("a", "A", &["One"]),
        Step::new("a", "A", Kind::Other(Other::default())),
    ];
    for (number, step) in all.iter().enumerate() {
        for (other_number, other) in all.iter().enumerate() {
            assert_eq!(step.same_shell(other), number == other_number);
        }
        let mut changed: Vec<Step> = vec![step.clone(); 6];
        changed[0].name.push('b');
        changed[1].display_name.push('b');
        changed[2].skip = Some(true);
        changed[3].valid = Some(false);
        changed[4].settings = odd();
        changed[5].extra = odd();
        let mut more = |change: &dyn Fn(&mut Kind)| {
            let mut step = step.clone();
            change(&mut step.kind);
            changed.push(step);
        };
        match &step.kind {
            Kind::Code(_) => {
                let changes: [fn(&mut Code, Map); 6] = [
                    |code, _| code.code.push('y'),
                    |code, _| code.package_json.push('y'),
                    |code, odd| code.input = odd,
                    |code, _| code.errors.retry_on_failure = Some(true),
                    |code, odd| code.failure.extra = odd,
                    |code, odd| code.source_extra = odd,
                ];
                for change in changes {
                    more(&|kind| {
                        if let Kind::Code(code) = kind {
                            change(code, odd())
                        }
                    });
                }
            }
            Kind::Piece(_) => {
                let changes: [fn(&mut Piece, Map); 5] = [
                    |piece, _| piece.call.version.push('y'),
                    |piece, odd| piece.call.input = odd,
                    |piece, odd| piece.call.property_settings = odd,
                    |piece, _| piece.errors.continue_on_failure = Some(true),
                    |piece, odd| piece.failure.extra = odd,
                ];
                for change in changes {
                    more(&|kind| {
                        if let Kind::Piece(piece) = kind {
                            change(piece, odd())
                        }
                    });
                }
            }
            Kind::Loop(_) => more(&|kind| {
                if let Kind::Loop(inner) = kind {
                    inner.items.push('y')
                }
            }),
            Kind::Router(_) => {
                more(&|kind| {
                    if let Kind::Router(router) = kind {
                        router.execution = None
                    }
                });
                more(&|kind| {
                    if let Kind::Router(router) = kind {
                        router.branches[0].name.push('y')
                    }
                });
                more(&|kind| {
                    if let Kind::Router(router) = kind {
                        router.branches[1].extra = odd()
                    }
                });
                more(&|kind| {
                    if let Kind::Router(router) = kind {
                        router.branches.truncate(1)
                    }
                });
            }
            Kind::Other(_) => {
                more(&|kind| {
                    if let Kind::Other(other) = kind {
                        other.kind.push('y')
                    }
                });
                more(&|kind| {
                    if let Kind::Other(other) = kind {
                        other.children.push(Chain::new())
                    }
                });
                more(&|kind| {
                    if let Kind::Other(other) = kind {
                        other.failure.extra = odd()
                    }
                });
            }
        }
        for changed in changed {
            assert!(!step.same_shell(&changed) && *step != changed, "{changed:?}");
        }
        let mut full = step.clone();
        let slot = full.chains().map(|(slot, _)| slot).next().unwrap();
        full.chain_mut(slot).unwrap().push(Step::code("held", "Held", ""));
        assert!(full.same_shell(step) && full != *step && full.shell() == *step);
    }
}
