//! Messages in Slack: as a bot with a token, or through an incoming webhook.

use async_trait::async_trait;
use flow::piece::{Choice, Options, PieceMetadata, PropertyKind};
use reqwest::{Method, Url};
use serde_json::{Value, json};

use super::describe::{action, categories, flag, long, named, piece, prop, text};
use super::web::{Request, Web};
use crate::piece::{Ask, nothing_to_choose};
use crate::{Call, Choices, Delivery, Failure, Map, Piece, Reply, value};

/// Where Slack's Web API is.
pub(super) const BASE: &str = "https://slack.com/api";

/// The action that finds a person, as Activepieces names it.
const FIND: &str = "slack-find-user-by-email";

/// How many channels or people are asked for at once: Slack's own advice is at most 200.
const PAGE: &str = "200";

pub(super) struct Slack {
    pub(super) web: Web,
    pub(super) base: String,
}

/// The bot's token, whichever way it was connected.
fn token(input: &Map) -> Option<String> {
    let auth = input.get("auth")?;
    let ways = ["/props/botToken", "/botToken", "/access_token", "/secret_text"];
    let found = ways.iter().find_map(|way| auth.pointer(way)).or(Some(auth))?.as_str()?;
    (!found.is_empty() && !found.contains("{{")).then(|| found.to_owned())
}

#[async_trait]
impl Piece for Slack {
    fn describe(&self) -> PieceMetadata {
        let auth = prop("auth", PropertyKind::CustomAuth, "Slack")
            .required()
            .says("Make an app in Slack, give it `chat:write` and `users:read.email`, and paste its bot token.")
            .asking(vec![
                prop("botToken", PropertyKind::SecretText, "Bot Token").required(),
                prop("userToken", PropertyKind::SecretText, "User Token"),
            ]);
        let message = || {
            vec![
                long("text", "Message").says("Slack's own marks are understood: `*bold*`, `<@user>`."),
                text("threadTs", "Thread ts").says("Replies in a thread: the time stamp of its first message."),
                text("username", "Username"),
                text("iconEmoji", "Icon Emoji"),
                flag("replyBroadcast", "Broadcast reply to channel"),
                flag("unfurlLinks", "Unfurl links").usually(json!(true)),
                prop("blocks", PropertyKind::Json, "Block Kit blocks"),
            ]
        };
        let to = |name: &str, label: &str| {
            let to = prop(name, PropertyKind::Dropdown, label).required().refreshed_by(&["auth"]).searched();
            [vec![to], message()].into_iter().flatten().collect()
        };
        PieceMetadata {
            auth: vec![auth.property()],
            actions: named(vec![
                action(
                    "send_channel_message",
                    "Send Message To A Channel",
                    "Posts a message to a channel.",
                    to("channel", "Channel"),
                ),
                action(
                    "send_direct_message",
                    "Send Message To A User",
                    "Sends a message to a person.",
                    to("userId", "User"),
                ),
                action(
                    FIND,
                    "Find User by Email",
                    "Finds the person of an e-mail address.",
                    vec![text("email", "Email").required()],
                ),
            ]),
            categories: categories(&["COMMUNICATION"]),
            ..piece("@activepieces/piece-slack", "0.17.2", "Slack", "Messages in channels and to people")
        }
    }

    fn delivery(&self, action: &str, _: &Map) -> Delivery {
        if action == FIND { Delivery::Pure } else { Delivery::Keyed }
    }

    async fn run(&self, call: &Call<'_>) -> Result<Reply, Failure> {
        let token = token(call.input).ok_or_else(no_connection)?;
        if call.action == FIND {
            let email = call.text("email");
            let found = self.call(&token, Method::GET, "users.lookupByEmail", &[("email", &email)], None).await?;
            return Ok(Reply::Done(found));
        }
        let to = if call.action == "send_direct_message" { "userId" } else { "channel" };
        let blocks = call.json("blocks")?;
        if call.text("text").is_empty() && blocks.is_null() {
            return Err(Failure::new("The message is empty. Open the step and write one."));
        }
        // Slack takes a message that it has under this id for the same one.
        let mut body = json!({
            "channel": call.text(to),
            "text": call.text("text"),
            "client_msg_id": call.key.uuid(),
        });
        if let Some(members) = body.as_object_mut() {
            let texts = [("threadTs", "thread_ts"), ("username", "username"), ("iconEmoji", "icon_emoji")];
            let texts = texts
                .into_iter()
                .filter_map(|(from, to)| Some((to.to_owned(), value::render(call.given(from)?).into())));
            members.extend(texts);
            members.extend((!blocks.is_null()).then_some(("blocks".to_owned(), blocks)));
            members.extend(call.flag("replyBroadcast").then_some(("reply_broadcast".to_owned(), json!(true))));
            let unfurls =
                call.given("unfurlLinks").map(|_| ("unfurl_links".to_owned(), json!(call.flag("unfurlLinks"))));
            members.extend(unfurls);
        }
        match self.call(&token, Method::POST, "chat.postMessage", &[], Some(body)).await {
            Ok(answer) => Ok(Reply::Done(answer)),
            Err(failure) if failure.error_name.as_deref() == Some("duplicate_message") => {
                Ok(Reply::Done(json!({ "ok": true, "duplicate": true })))
            }
            Err(failure) => Err(failure),
        }
    }

    async fn options(&self, ask: &Ask<'_>) -> Result<Choices, Failure> {
        let Some(token) = token(ask.input) else { return Ok(nothing_to_choose("Choose a connection first.")) };
        let (method, list) = match ask.property {
            "userId" => ("users.list", "members"),
            _ => ("conversations.list", "channels"),
        };
        let query = [("limit", PAGE), ("exclude_archived", "true"), ("types", "public_channel,private_channel")];
        let query = if ask.property == "userId" { query.get(..1) } else { query.get(..) };
        let answer = self.call(&token, Method::GET, method, query.unwrap_or_default(), None).await?;
        let wanted = ask.search.unwrap_or_default().to_lowercase();
        let choice = |found: &Value| {
            let name = found.pointer("/profile/real_name").or_else(|| found.get("name"))?.as_str()?;
            let is_out = found.get("deleted").and_then(Value::as_bool) == Some(true);
            let is_wanted = !is_out && name.to_lowercase().contains(&wanted);
            is_wanted.then(|| Choice { label: name.to_owned(), value: found.get("id").cloned().unwrap_or_default() })
        };
        let found = answer.get(list).and_then(Value::as_array);
        let options = found.into_iter().flatten().filter_map(choice).collect();
        Ok(Choices::Dropdown(Options { options, ..Options::default() }))
    }
}

impl Slack {
    async fn call(
        &self,
        token: &str,
        method: Method,
        name: &str,
        query: &[(&str, &str)],
        body: Option<Value>,
    ) -> Result<Value, Failure> {
        let mut url = Url::parse(&format!("{}/{name}", self.base.trim_end_matches('/')))
            .map_err(|_| Failure::new("The address of Slack is none. Look at the settings."))?;
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        let answer = self
            .web
            .call(Request {
                method,
                url,
                headers: vec![("authorization".to_owned(), format!("Bearer {token}"))],
                body: body.map(|body| ("application/json; charset=utf-8".to_owned(), body.to_string().into_bytes())),
                time: self.web.limits.time,
                follows: false,
            })
            .await?;
        let value = answer.value();
        if answer.status == 200 && value.get("ok").and_then(Value::as_bool) == Some(true) {
            return Ok(value);
        }
        let error = value.get("error").and_then(Value::as_str).unwrap_or_default();
        let what = match (error, answer.status) {
            ("invalid_auth" | "not_authed" | "token_revoked" | "account_inactive" | "token_expired", _) => {
                "Slack does not know the token any more. Connect Slack again.".to_owned()
            }
            ("channel_not_found", _) => "Slack has no such channel. Open the step and choose another.".to_owned(),
            ("not_in_channel", _) => "The bot is not in this channel. Invite it there, or choose another.".to_owned(),
            ("users_not_found", _) => {
                "Slack has nobody with this e-mail address. Look at the address, or invite them.".to_owned()
            }
            ("is_archived", _) => "The channel is archived. Open the step and choose another.".to_owned(),
            ("missing_scope", _) => {
                "The app in Slack may not do that. Give it `chat:write` and install it again.".to_owned()
            }
            ("msg_too_long", _) => "The message is too long for Slack. Shorten it.".to_owned(),
            ("ratelimited", _) | (_, 429) => "Slack asks to wait. Try again in a minute.".to_owned(),
            ("", status) => format!("Slack answered {status}. Try again later."),
            (error, _) => format!("Slack refused it ({error}). Look at the step."),
        };
        let named = if error.contains("duplicate") { "duplicate_message" } else { error };
        let status = Some(answer.status);
        Err(Failure { status, response_body: Some(Box::new(value.clone())), ..Failure::new(what).named(named) })
    }
}

fn no_connection() -> Failure {
    Failure::new("No connection to Slack is chosen. Open the step and choose one, or connect Slack.")
}

/// Posts through an address that Slack made for one channel.
pub(super) struct SlackWebhook {
    pub(super) web: Web,
}

#[async_trait]
impl Piece for SlackWebhook {
    fn describe(&self) -> PieceMetadata {
        let auth = prop("auth", PropertyKind::SecretText, "Webhook address")
            .required()
            .says("The address that Slack made under Incoming Webhooks.");
        let send = action(
            "send_message",
            "Send Message",
            "Posts a message to the channel of the webhook.",
            vec![long("text", "Message").required()],
        );
        PieceMetadata {
            auth: vec![auth.property()],
            actions: named(vec![send]),
            categories: categories(&["COMMUNICATION"]),
            ..piece("@pmos/piece-slack-webhook", "0.1.0", "Slack webhook", "Messages to one channel, without a bot")
        }
    }

    fn delivery(&self, _: &str, _: &Map) -> Delivery {
        // Such an address knows no ids: a second message is a second message.
        Delivery::Once
    }

    async fn run(&self, call: &Call<'_>) -> Result<Reply, Failure> {
        let auth = call.within("auth", "secret_text").or_else(|| call.given("auth")).and_then(Value::as_str);
        let url = auth.and_then(|address| Url::parse(address).ok()).ok_or_else(no_connection)?;
        let body = json!({ "text": call.text("text") }).to_string();
        let answer = self
            .web
            .call(Request {
                method: Method::POST,
                url,
                headers: Vec::new(),
                body: Some(("application/json".to_owned(), body.into_bytes())),
                time: self.web.limits.time,
                follows: false,
            })
            .await
            // The address is the secret.
            .map_err(|failure| Failure { request_url: None, ..failure })?;
        match answer.status {
            200 => Ok(Reply::Done(json!({ "ok": true }))),
            status => {
                let what = format!("Slack answered {status}. Make a new webhook in Slack and connect it.");
                let body = Some(answer.value());
                Err(Failure { status: Some(status), response_body: body.map(Box::new), ..Failure::new(what) })
            }
        }
    }
}
