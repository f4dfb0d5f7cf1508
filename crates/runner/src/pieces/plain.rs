//! Texts and numbers, with the actions that Activepieces has for them.

use async_trait::async_trait;
use flow::piece::PieceMetadata;
use serde_json::json;

use super::describe::{categories, flag, list, named, number, piece, plain, text};
use crate::{Call, Delivery, Failure, Map, Piece, Reply, sandbox, value};

pub(super) struct Texts;

#[async_trait]
impl Piece for Texts {
    fn describe(&self) -> PieceMetadata {
        let concat = plain(
            "concat",
            "Concatenate",
            "Puts texts together.",
            vec![list("texts", "Texts").required(), text("separator", "Separator")],
        );
        let replace = plain(
            "replace",
            "Replace",
            "Puts one text in place of another.",
            vec![
                text("text", "Text").required(),
                text("searchValue", "Search Value").required().says("Can be plain text or a regex expression."),
                text("replaceValue", "Replace Value"),
                flag("replaceOnlyFirst", "Replace Only First Match"),
            ],
        );
        let split = plain(
            "split",
            "Split",
            "Takes a text apart.",
            vec![text("text", "Text").required(), text("delimiter", "Delimiter").required()],
        );
        let usual = plain(
            "defaultValue",
            "Use Default Value if Input is Empty",
            "Gives something in place of nothing.",
            vec![text("value", "Enter value"), text("defaultString", "Default Value").required()],
        );
        PieceMetadata {
            actions: named(vec![concat, replace, split, usual]),
            categories: categories(&["CORE"]),
            ..piece("@activepieces/piece-text-helper", "0.5.0", "Text Helper", "Works on texts")
        }
    }

    fn delivery(&self, _: &str, _: &Map) -> Delivery {
        Delivery::Pure
    }

    async fn run(&self, call: &Call<'_>) -> Result<Reply, Failure> {
        let text = call.text("text");
        Ok(Reply::Done(match call.action {
            "concat" => {
                let texts: Vec<String> = call.list("texts").iter().map(value::render).collect();
                texts.join(&call.text("separator")).into()
            }
            "replace" => {
                // The pattern is one of JavaScript: only JavaScript reads it as a server does.
                let source = "export const code = (i) => { const found = RegExp(i.wanted, i.first ? '' : 'g'); \
                              return i.text.replace(found, i.other); };";
                let inputs = json!({
                    "text": text,
                    "wanted": call.text("searchValue"),
                    "other": call.text("replaceValue"),
                    "first": call.flag("replaceOnlyFirst"),
                });
                let ran = sandbox::run(source.to_owned(), inputs, sandbox::Limits::default()).await;
                ran.result?
            }
            "split" => text.split(&call.text("delimiter")).collect::<Vec<_>>().into(),
            _ => {
                let given = call.given("value").filter(|value| value.as_array().is_none_or(|items| !items.is_empty()));
                given.cloned().unwrap_or_else(|| call.text("defaultString").into())
            }
        }))
    }
}

pub(super) struct Sums;

#[async_trait]
impl Piece for Sums {
    fn describe(&self) -> PieceMetadata {
        let pair = || {
            vec![number("first_number", "First Number").required(), number("second_number", "Second Number").required()]
        };
        PieceMetadata {
            actions: named(vec![
                plain("addition_math", "Addition", "Adds two numbers.", pair()),
                plain("subtraction_math", "Subtraction", "Takes one number from another.", pair()),
                plain("multiplication_math", "Multiplication", "Multiplies two numbers.", pair()),
                plain("division_math", "Division", "Divides one number by another.", pair()),
                plain("modulo_math", "Modulo", "What is left of a division.", pair()),
            ]),
            categories: categories(&["CORE"]),
            ..piece("@activepieces/piece-math-helper", "0.0.21", "Math Helper", "Works on numbers")
        }
    }

    fn delivery(&self, _: &str, _: &Map) -> Delivery {
        Delivery::Pure
    }

    async fn run(&self, call: &Call<'_>) -> Result<Reply, Failure> {
        let first = call.number("first_number")?.unwrap_or_default();
        let second = call.number("second_number")?.unwrap_or_default();
        if second == 0.0 && matches!(call.action, "division_math" | "modulo_math") {
            return Err(Failure::new("Second number cannot be zero. Open the step and give another."));
        }
        let number = match call.action {
            "addition_math" => first + second,
            "subtraction_math" => first - second,
            "multiplication_math" => first * second,
            "division_math" => first / second,
            _ => first % second,
        };
        let number = Some(value::from_number(number)).filter(|number| !number.is_null());
        let wrong = || Failure::new("The result is no number. Look at the numbers of the step.");
        number.map(Reply::Done).ok_or_else(wrong)
    }
}
