//! A reader of JSON that knows where a flow holds its steps and takes them out as it goes, so that nothing nested remains.

use serde_json::Value;

use super::WireFault;
use crate::shell::Loose;
use crate::{Map, Slot};

/// How deep the plain data of a step may nest. What nests deeper cannot be stored by any reader with a limit of 128.
pub const DATA_LEVELS: usize = 100;

/// A text taken apart.
#[derive(Default)]
pub(super) struct Found {
    pub(super) root: Map,
    pub(super) version: Option<Map>,
    pub(super) trigger: Option<Map>,
    pub(super) request: Option<Map>,
    pub(super) steps: Vec<Loose>,
}

pub(super) fn flow(text: &str) -> Result<Found, WireFault> {
    Reader::new(text).read(Role::Root)
}

pub(super) fn operation(text: &str) -> Result<Found, WireFault> {
    Reader::new(text).read(Role::Operation)
}

pub(super) fn clip(text: &str) -> Result<Found, WireFault> {
    Reader::new(text).read(Role::Clip)
}

pub(super) fn steps(text: &str) -> Result<Vec<Loose>, WireFault> {
    let mut reader = Reader::new(text);
    let first = reader.loose(None);
    reader.read(first).map(|found| found.steps)
}

/// What a container is to the flow.
#[derive(Clone, Copy, PartialEq)]
enum Role {
    /// The whole text.
    Root,
    /// The version within its record.
    Version,
    /// The whole text, when it is an operation.
    Operation,
    /// What an operation asks for.
    Request,
    /// The whole text, when it is from a clipboard.
    Clip,
    /// Steps of a clipboard, one behind the other.
    Row,
    /// The trigger.
    Trigger,
    /// The step of this number.
    Step(usize),
    /// The chains of a router.
    Children(usize),
    /// The chains after success and failure.
    Failure(usize),
    /// Anything else.
    Data,
}

enum Frame {
    Object { map: Map, key: String, role: Role },
    Array { list: Vec<Value>, role: Role },
}

impl Frame {
    fn role(&self) -> Role {
        match self {
            Self::Object { role, .. } | Self::Array { role, .. } => *role,
        }
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    stack: Vec<Frame>,
    data_levels: usize,
    found: Found,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, at: 0, stack: Vec::new(), data_levels: 0, found: Found::default() }
    }

    fn read(mut self, root: Role) -> Result<Found, WireFault> {
        if self.peek() != Some(b'{') {
            return Err(self.fault("expected an object"));
        }
        self.at += 1;
        self.open(Frame::Object { map: Map::new(), key: String::new(), role: root })?;
        // Whether the innermost container has just been opened, so that no comma stands before what comes next.
        let mut is_fresh = true;
        while let Some(top) = self.stack.last() {
            let is_object = matches!(top, Frame::Object { .. });
            match (self.peek(), is_object) {
                (Some(b'}'), true) | (Some(b']'), false) => {
                    self.at += 1;
                    self.close(is_fresh);
                    is_fresh = false;
                    continue;
                }
                (Some(b','), _) if !is_fresh => self.at += 1,
                (Some(_), _) if is_fresh => {}
                _ => return Err(self.fault("expected `,` or the end of what is open")),
            }
            if is_object {
                self.key()?;
            }
            is_fresh = self.value()?;
        }
        if self.peek().is_some() {
            return Err(self.fault("there is more behind its end"));
        }
        Ok(self.found)
    }

    /// Reads a value, or opens it and returns true.
    fn value(&mut self) -> Result<bool, WireFault> {
        let frame = match self.peek() {
            Some(b'{') => Frame::Object { map: Map::new(), key: String::new(), role: self.role_of_object() },
            Some(b'[') => Frame::Array { list: Vec::new(), role: self.role_of_array() },
            _ => {
                let value = self.scalar()?;
                self.put(value);
                return Ok(false);
            }
        };
        self.at += 1;
        self.open(frame)?;
        Ok(true)
    }

    /// What an object is that begins here.
    fn role_of_object(&mut self) -> Role {
        let inside = match self.stack.last() {
            Some(Frame::Object { role, key, .. }) => match (*role, key.as_str()) {
                (Role::Root, "version") => return Role::Version,
                (Role::Operation, "request") => return Role::Request,
                (Role::Root | Role::Version | Role::Request, "trigger") => return Role::Trigger,
                (Role::Trigger, "nextAction") | (Role::Request, "action") => None,
                (Role::Step(before), "nextAction") => self.found.steps.get(before).and_then(|loose| loose.inside),
                (Role::Step(holder), "firstLoopAction") => Some((holder, Slot::Body)),
                (Role::Step(holder), "continueOnFailureBranches") => return Role::Failure(holder),
                (Role::Failure(holder), "onSuccess") => Some((holder, Slot::OnSuccess)),
                (Role::Failure(holder), "onFailure") => Some((holder, Slot::OnFailure)),
                _ => return Role::Data,
            },
            Some(Frame::Array { role: Role::Children(holder), list }) => Some((*holder, Slot::Branch(list.len()))),
            Some(Frame::Array { role: Role::Row, .. }) => None,
            Some(Frame::Array { .. }) | None => return Role::Data,
        };
        self.loose(inside)
    }

    /// What an array is that begins here.
    fn role_of_array(&self) -> Role {
        match self.stack.last() {
            Some(Frame::Object { role: Role::Step(holder), key, .. }) if key == "children" => Role::Children(*holder),
            Some(Frame::Object { role: Role::Clip, key, .. }) if key == "actions" => Role::Row,
            Some(Frame::Object { .. } | Frame::Array { .. }) | None => Role::Data,
        }
    }

    fn open(&mut self, frame: Frame) -> Result<(), WireFault> {
        if frame.role() == Role::Data {
            self.data_levels += 1;
            if self.data_levels > DATA_LEVELS {
                let message = format!(
                    "The data of a step nests deeper than {DATA_LEVELS} levels, near byte {}. Simplify what is pasted there.",
                    self.at
                );
                return Err(WireFault { at: self.at, message });
            }
        }
        self.stack.push(frame);
        Ok(())
    }

    fn close(&mut self, is_empty: bool) {
        let Some(frame) = self.stack.pop() else { return };
        if frame.role() == Role::Data {
            self.data_levels -= 1;
        }
        match frame {
            Frame::Array { list, .. } => self.put(Value::Array(list)),
            Frame::Object { map, role, .. } => match role {
                Role::Root | Role::Operation | Role::Clip => self.found.root = map,
                Role::Request => self.found.request = Some(map),
                Role::Version => self.found.version = Some(map),
                Role::Trigger => self.found.trigger = Some(map),
                Role::Step(number) => {
                    if let Some(loose) = self.found.steps.get_mut(number) {
                        loose.map = map;
                    }
                    // A hole keeps the places of its neighbours.
                    if let Some(Frame::Array { list, .. }) = self.stack.last_mut() {
                        list.push(Value::Null);
                    }
                }
                // Its chains were taken out, and nothing else was said in it.
                Role::Failure(_) if map.is_empty() && !is_empty => {}
                Role::Children(_) | Role::Row | Role::Failure(_) | Role::Data => self.put(Value::Object(map)),
            },
        }
    }

    fn put(&mut self, value: Value) {
        match self.stack.last_mut() {
            Some(Frame::Object { map, key, .. }) => {
                map.insert(std::mem::take(key), value);
            }
            Some(Frame::Array { list, .. }) => list.push(value),
            None => {}
        }
    }

    fn loose(&mut self, inside: Option<(usize, Slot)>) -> Role {
        self.found.steps.push(Loose { map: Map::new(), inside });
        Role::Step(self.found.steps.len() - 1)
    }

    fn key(&mut self) -> Result<(), WireFault> {
        let Value::String(name) = self.scalar()? else { return Err(self.fault("expected a key")) };
        if self.peek() != Some(b':') {
            return Err(self.fault("expected `:`"));
        }
        self.at += 1;
        if let Some(Frame::Object { key, .. }) = self.stack.last_mut() {
            *key = name;
        }
        Ok(())
    }

    /// The next byte that is not space.
    fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while bytes.get(self.at).is_some_and(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
        bytes.get(self.at).copied()
    }

    fn scalar(&mut self) -> Result<Value, WireFault> {
        let first = self.peek();
        let rest = self.text.get(self.at..).unwrap_or_default();
        let end =
            if first == Some(b'"') { text_end(rest) } else { rest.find([',', ']', '}', ':', ' ', '\n', '\r', '\t']) };
        let token = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
        let value = serde_json::from_str(token).map_err(|_| self.fault("expected a value"))?;
        self.at += token.len();
        Ok(value)
    }

    fn fault(&self, what: &str) -> WireFault {
        let message = format!("This is no JSON: at byte {}, {what}. Fetch or copy it again.", self.at);
        WireFault { at: self.at, message }
    }
}

/// Where a quoted text ends, behind the closing quote.
fn text_end(rest: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, byte) in rest.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return Some(at + 1),
            _ => {}
        }
    }
    None
}
