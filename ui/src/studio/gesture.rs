//! What pointers do on the canvas: a machine from presses and moves to what they mean. Knows no page; points are CSS pixels
//! from the upper left corner of the pane.

use flow::Place;
use flow::layout::Point;

/// A press becomes a drag after so many pixels.
pub const THRESHOLD: f64 = 4.0;
/// Within so many pixels of an edge the canvas moves by itself.
const EDGE: f64 = 40.0;
/// At the very edge it moves by so many pixels each frame.
const SPEED: f64 = 15.0;

/// What a pointer went down on.
#[derive(Debug, Clone, PartialEq)]
pub enum Under {
    /// The ground.
    Ground,
    /// A step, or the trigger.
    Card(String),
    /// A place for a step.
    Plus(Place),
    /// A note.
    Note(String),
    /// The corner of a note.
    Corner(String),
    /// The minimap.
    Map,
}

/// What is held down beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Held {
    /// Ctrl, or Command on a Mac.
    pub main: bool,
    /// Shift.
    pub shift: bool,
    /// It moves the canvas whatever lies under it: the middle button, or Space.
    pub grab: bool,
    /// The canvas is in the mode in which a drag on the ground chooses.
    pub choosing: bool,
    /// A finger or pen rather than a mouse.
    pub touch: bool,
    /// Nothing may be changed: cards and notes cannot be carried.
    pub fixed: bool,
}

/// What a drag does.
#[derive(Debug, Clone, PartialEq)]
pub enum Drag {
    /// Moves the canvas.
    Pan,
    /// Draws a rectangle around steps.
    Band,
    /// Carries a step, and those that are chosen with it.
    Carry(String),
    /// Moves a note.
    Note(String),
    /// Changes the size of a note.
    Resize(String),
    /// Moves the canvas by the minimap.
    Map,
}

/// What has to be done.
#[derive(Debug, Clone, PartialEq)]
pub enum Deed {
    /// It was a click.
    Click(Under, Held),
    /// A drag begins, at the point where the pointer went down.
    Begin(Drag, Point, Held),
    /// It goes on: where it is, and how far it went since the last time.
    Go(Drag, Point, (f64, f64)),
    /// It ends where it is.
    End(Drag, Point, Held),
    /// It is given up.
    GiveUp(Drag),
    /// Two fingers: about which point, how many times larger, and the shift.
    Pinch(Point, f64, (f64, f64)),
}

#[derive(Debug, Clone, PartialEq, Default)]
enum Stage {
    #[default]
    Idle,
    Pressed(Under, Point, Held),
    Dragging(Drag, Point, Held),
    Pinching(Point, f64),
}

/// The pointers that are down, and what they are about.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Gesture {
    stage: Stage,
    pointers: Vec<(i32, Point)>,
}

impl Gesture {
    /// Whether nothing is going on.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.stage == Stage::Idle
    }

    /// The drag that is going on, and where the pointer is.
    #[must_use]
    pub fn drag(&self) -> Option<(&Drag, Point)> {
        match &self.stage {
            Stage::Dragging(drag, at, _) => Some((drag, *at)),
            Stage::Idle | Stage::Pressed(..) | Stage::Pinching(..) => None,
        }
    }

    /// A pointer goes down.
    pub fn down(&mut self, pointer: i32, at: Point, under: Under, held: Held) -> Option<Deed> {
        self.pointers.retain(|(id, _)| *id != pointer);
        self.pointers.push((pointer, at));
        match self.pointers.as_slice() {
            [_] => given_up(std::mem::replace(&mut self.stage, Stage::Pressed(under, at, held))),
            [(_, a), (_, b)] => {
                let before = std::mem::replace(&mut self.stage, Stage::Pinching(middle(*a, *b), distance(*a, *b)));
                given_up(before)
            }
            _ => None,
        }
    }

    /// A pointer moves.
    pub fn travel(&mut self, pointer: i32, at: Point) -> Vec<Deed> {
        let Some(place) = self.pointers.iter_mut().find(|(id, _)| *id == pointer) else { return Vec::new() };
        place.1 = at;
        match &mut self.stage {
            Stage::Idle => Vec::new(),
            Stage::Pressed(under, from, held) => {
                let (from, held) = (*from, *held);
                let far = if held.touch { 2.0 * THRESHOLD } else { THRESHOLD };
                if distance(from, at) < far {
                    return Vec::new();
                }
                let Some(drag) = drag_of(under, held) else { return Vec::new() };
                self.stage = Stage::Dragging(drag.clone(), at, held);
                vec![Deed::Begin(drag.clone(), from, held), Deed::Go(drag, at, (at.x - from.x, at.y - from.y))]
            }
            Stage::Dragging(drag, last, _) => {
                let by = (at.x - last.x, at.y - last.y);
                *last = at;
                vec![Deed::Go(drag.clone(), at, by)]
            }
            Stage::Pinching(centre, apart) => {
                let [(_, a), (_, b), ..] = self.pointers.as_slice() else { return Vec::new() };
                let (now, wide) = (middle(*a, *b), distance(*a, *b));
                let factor = if *apart > 0.0 { wide / *apart } else { 1.0 };
                let by = (now.x - centre.x, now.y - centre.y);
                (*centre, *apart) = (now, wide);
                vec![Deed::Pinch(now, factor, by)]
            }
        }
    }

    /// A pointer goes up.
    pub fn up(&mut self, pointer: i32, held: Held) -> Option<Deed> {
        let was_down = self.pointers.iter().any(|(id, _)| *id == pointer);
        self.pointers.retain(|(id, _)| *id != pointer);
        if !was_down {
            return None;
        }
        match std::mem::take(&mut self.stage) {
            Stage::Idle => None,
            Stage::Pressed(under, _, pressed) => Some(Deed::Click(under, Held { grab: pressed.grab, ..held })),
            Stage::Dragging(drag, at, _) => Some(Deed::End(drag, at, held)),
            // The finger that stays goes on as a pan.
            Stage::Pinching(..) => {
                if let Some((_, at)) = self.pointers.first() {
                    self.stage = Stage::Dragging(Drag::Pan, *at, held);
                }
                None
            }
        }
    }

    /// Everything is given up: Esc, or the system took the pointer away.
    pub fn cancel(&mut self) -> Option<Deed> {
        self.pointers.clear();
        given_up(std::mem::take(&mut self.stage))
    }
}

fn given_up(stage: Stage) -> Option<Deed> {
    match stage {
        Stage::Dragging(drag, ..) => Some(Deed::GiveUp(drag)),
        Stage::Idle | Stage::Pressed(..) | Stage::Pinching(..) => None,
    }
}

fn drag_of(under: &Under, held: Held) -> Option<Drag> {
    if *under == Under::Map {
        return Some(Drag::Map);
    }
    if held.grab {
        return Some(Drag::Pan);
    }
    let ground = if held.shift || held.choosing && !held.touch { Drag::Band } else { Drag::Pan };
    Some(match under {
        Under::Ground | Under::Plus(_) => ground,
        Under::Card(_) | Under::Note(_) | Under::Corner(_) if held.fixed => ground,
        Under::Card(name) => Drag::Carry(name.clone()),
        Under::Note(id) => Drag::Note(id.clone()),
        Under::Corner(id) => Drag::Resize(id.clone()),
        Under::Map => return None,
    })
}

fn middle(a: Point, b: Point) -> Point {
    Point { x: a.x.midpoint(b.x), y: a.y.midpoint(b.y) }
}

fn distance(a: Point, b: Point) -> f64 {
    (a.x - b.x).hypot(a.y - b.y)
}

/// How far the canvas moves by itself this frame, with something in the hand at this point of a pane of this size.
#[must_use]
pub fn auto_pan(at: Point, size: (f64, f64)) -> (f64, f64) {
    let side = |at: f64, room: f64| {
        let edge = EDGE.min(room / 4.0);
        if at < edge {
            SPEED * ((edge - at) / edge).min(1.0)
        } else if at > room - edge {
            -SPEED * ((at - room + edge) / edge).min(1.0)
        } else {
            0.0
        }
    };
    (side(at.x, size.0), side(at.y, size.1))
}

#[cfg(test)]
mod tests;
