//! The small pages that the loopback listener shows in the browser. Nothing in them comes from a request.

/// What a page says.
#[derive(Clone, Copy)]
pub(super) enum Page {
    SignedIn,
    Failed,
    NotOurs,
    NotFound,
    BadRequest,
}

impl Page {
    /// A complete HTTP/1.1 response.
    pub(super) fn response(self) -> String {
        let (status, heading, sentence) = match self {
            Self::SignedIn => ("200 OK", "You are signed in", "You may close this page and return to PM OS."),
            Self::Failed => {
                ("400 Bad Request", "You are not signed in", "You may close this page. PM OS says what to do next.")
            }
            Self::NotOurs => (
                "400 Bad Request",
                "Not the awaited answer",
                "This does not belong to the sign-in that PM OS is waiting for. Return to PM OS and start again.",
            ),
            Self::NotFound => ("404 Not Found", "Nothing here", "PM OS is waiting for a sign-in at another address."),
            Self::BadRequest => ("400 Bad Request", "Not understood", "PM OS is waiting for a sign-in only."),
        };
        let body = format!(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>PM OS</title></head>\
             <body><h1>{heading}</h1><p>{sentence}</p></body></html>\n"
        );
        let length = body.len();
        format!(
            "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {length}\r\n\
             Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\n\
             Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\nConnection: close\r\n\r\n{body}"
        )
    }
}
