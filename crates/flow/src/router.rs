//! A router: branches with their conditions, and the chain of each.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::json::{
    list, object, put_any_text, put_flag, put_some, put_text, sorted, take_any_text, take_flag, take_some_text,
    take_text, take_word,
};
use crate::word::words;
use crate::{Chain, Map};

/// Goes into branches by their conditions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Router {
    /// Whether it stops at the first branch that holds; `None` if what is said is unknown here.
    pub execution: Option<Execution>,
    /// The branches in order; the fallback is the last.
    pub branches: Vec<Branch>,
}

words! {
    /// How many branches are taken.
    Execution {
        /// The first that holds, or else the fallback.
        FirstMatch = "EXECUTE_FIRST_MATCH",
        /// Each that holds, or else the fallback.
        AllMatches = "EXECUTE_ALL_MATCH",
    }
}

/// One branch of a router.
#[derive(Clone, Debug, PartialEq)]
pub struct Branch {
    /// What people call it.
    pub name: String,
    /// When it is taken.
    pub kind: BranchKind,
    /// What is done in it.
    pub chain: Chain,
    /// What else is said about it.
    pub extra: Map,
}

/// When a branch is taken.
#[derive(Clone, Debug, PartialEq)]
pub enum BranchKind {
    /// When any of these groups holds; a group holds when all its conditions do.
    Condition(Vec<Vec<Condition>>),
    /// When no other is.
    Fallback,
    /// In a way that this version does not know.
    Other(String),
}

/// A comparison.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Condition {
    /// How the values are compared; `None` until it is chosen.
    pub operator: Option<Operator>,
    /// The left side; may hold expressions.
    pub first: String,
    /// The right side, for operators that have one.
    pub second: Option<String>,
    /// Whether capitals count, for operators on text.
    pub case_sensitive: Option<bool>,
    /// What else is said.
    pub extra: Map,
}

words! {
    /// How a condition compares.
    Operator {
        /// The text has the other in it.
        TextContains = "TEXT_CONTAINS",
        /// The text does not have the other in it.
        TextDoesNotContain = "TEXT_DOES_NOT_CONTAIN",
        /// The texts are the same.
        TextExactlyMatches = "TEXT_EXACTLY_MATCHES",
        /// The texts differ.
        TextDoesNotExactlyMatch = "TEXT_DOES_NOT_EXACTLY_MATCH",
        /// The text begins so.
        TextStartsWith = "TEXT_START_WITH",
        /// The text does not begin so.
        TextDoesNotStartWith = "TEXT_DOES_NOT_START_WITH",
        /// The text ends so.
        TextEndsWith = "TEXT_ENDS_WITH",
        /// The text does not end so.
        TextDoesNotEndWith = "TEXT_DOES_NOT_END_WITH",
        /// The list has the value.
        ListContains = "LIST_CONTAINS",
        /// The list does not have the value.
        ListDoesNotContain = "LIST_DOES_NOT_CONTAIN",
        /// The number is greater.
        NumberIsGreaterThan = "NUMBER_IS_GREATER_THAN",
        /// The number is less.
        NumberIsLessThan = "NUMBER_IS_LESS_THAN",
        /// The numbers are equal.
        NumberIsEqualTo = "NUMBER_IS_EQUAL_TO",
        /// The date is before the other.
        DateIsBefore = "DATE_IS_BEFORE",
        /// The dates are the same.
        DateIsEqual = "DATE_IS_EQUAL",
        /// The date is after the other.
        DateIsAfter = "DATE_IS_AFTER",
        /// There is a value.
        Exists = "EXISTS",
        /// There is none.
        DoesNotExist = "DOES_NOT_EXIST",
        /// It is true.
        BooleanIsTrue = "BOOLEAN_IS_TRUE",
        /// It is false.
        BooleanIsFalse = "BOOLEAN_IS_FALSE",
        /// The list is empty.
        ListIsEmpty = "LIST_IS_EMPTY",
        /// The list has something in it.
        ListIsNotEmpty = "LIST_IS_NOT_EMPTY",
    }
}

impl Operator {
    /// Whether it compares with a second value.
    #[must_use]
    pub fn takes_second(self) -> bool {
        !matches!(
            self,
            Self::Exists
                | Self::DoesNotExist
                | Self::BooleanIsTrue
                | Self::BooleanIsFalse
                | Self::ListIsEmpty
                | Self::ListIsNotEmpty
        )
    }

    /// Whether it may be told that capitals count.
    #[must_use]
    pub fn takes_case(self) -> bool {
        self <= Self::ListDoesNotContain
    }
}

impl Condition {
    /// A comparison of two values.
    #[must_use]
    pub fn new(first: impl Into<String>, operator: Operator, second: impl Into<String>) -> Self {
        let second = operator.takes_second().then(|| second.into());
        Self { operator: Some(operator), first: first.into(), second, ..Self::default() }
    }

    fn from_map(mut map: Map) -> Self {
        Self {
            operator: take_word(&mut map, "operator", Operator::from_word),
            first: take_any_text(&mut map, "firstValue"),
            second: take_some_text(&mut map, "secondValue"),
            case_sensitive: take_flag(&mut map, "caseSensitive"),
            extra: map,
        }
    }

    fn to_map(&self) -> Map {
        let mut map = self.extra.clone();
        put_some(&mut map, "operator", self.operator.map(Operator::word));
        put_any_text(&mut map, "firstValue", &self.first);
        put_some(&mut map, "secondValue", self.second.clone());
        put_flag(&mut map, "caseSensitive", self.case_sensitive);
        sorted(map)
    }
}

impl Branch {
    /// A branch with no conditions yet.
    #[must_use]
    pub fn condition(name: impl Into<String>) -> Self {
        Self::when(name, Vec::new())
    }

    /// A branch that is taken when one of the groups holds.
    #[must_use]
    pub fn when(name: impl Into<String>, groups: Vec<Vec<Condition>>) -> Self {
        Self { name: name.into(), kind: BranchKind::Condition(groups), chain: Chain::new(), extra: Map::new() }
    }

    /// The branch that is taken when no other is.
    #[must_use]
    pub fn fallback(name: impl Into<String>) -> Self {
        Self { name: name.into(), kind: BranchKind::Fallback, chain: Chain::new(), extra: Map::new() }
    }

    /// Whether it is the fallback.
    #[must_use]
    pub fn is_fallback(&self) -> bool {
        matches!(self.kind, BranchKind::Fallback)
    }

    /// The branch without what is done in it.
    #[must_use]
    pub fn shell(&self) -> Self {
        Self { name: self.name.clone(), kind: self.kind.clone(), chain: Chain::new(), extra: self.extra.clone() }
    }

    /// Whether the two are alike but for what is done in them.
    #[must_use]
    pub fn same_shell(&self, other: &Self) -> bool {
        (&self.name, &self.kind, &self.extra) == (&other.name, &other.kind, &other.extra)
    }

    pub(crate) fn from_map(mut map: Map) -> Self {
        let name = take_any_text(&mut map, "branchName");
        let word = take_text(&mut map, "branchType");
        let kind = match word.as_str() {
            "CONDITION" => BranchKind::Condition(take_groups(&mut map)),
            "FALLBACK" => BranchKind::Fallback,
            _ => BranchKind::Other(word),
        };
        Self { name, kind, chain: Chain::new(), extra: map }
    }

    pub(crate) fn to_map(&self) -> Map {
        let mut map = self.extra.clone();
        put_any_text(&mut map, "branchName", &self.name);
        match &self.kind {
            BranchKind::Condition(groups) => {
                map.insert("branchType".to_owned(), Value::from("CONDITION"));
                if !groups.is_empty() || !map.contains_key("conditions") {
                    map.insert("conditions".to_owned(), groups_to_value(groups));
                }
            }
            BranchKind::Fallback => {
                map.insert("branchType".to_owned(), Value::from("FALLBACK"));
            }
            BranchKind::Other(word) => put_text(&mut map, "branchType", word),
        }
        sorted(map)
    }
}

/// The groups of conditions, if every one of them has the shape we know; otherwise they are left where they are.
fn take_groups(map: &mut Map) -> Vec<Vec<Condition>> {
    let Some(Value::Array(groups)) = map.get("conditions") else { return Vec::new() };
    let is_known = groups.iter().all(|group| group.as_array().is_some_and(|group| group.iter().all(Value::is_object)));
    if !is_known {
        return Vec::new();
    }
    let groups = map.remove("conditions").and_then(list).unwrap_or_default();
    let read = |group: Vec<Value>| group.into_iter().filter_map(object).map(Condition::from_map).collect();
    groups.into_iter().filter_map(list).map(read).collect()
}

pub(crate) fn groups_to_value(groups: &[Vec<Condition>]) -> Value {
    let group = |group: &Vec<Condition>| {
        Value::Array(group.iter().map(|condition| Value::Object(condition.to_map())).collect())
    };
    Value::Array(groups.iter().map(group).collect())
}

/// The stored form: the branch as on the wire, and its chain.
#[derive(Serialize, Deserialize)]
struct Stored {
    branch: Map,
    chain: Chain,
}

impl Serialize for Branch {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Stored { branch: self.to_map(), chain: self.chain.clone() }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Branch {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let stored = Stored::deserialize(deserializer)?;
        if stored.branch.is_empty() {
            return Err(D::Error::custom("a branch says nothing"));
        }
        Ok(Self { chain: stored.chain, ..Self::from_map(stored.branch) })
    }
}
