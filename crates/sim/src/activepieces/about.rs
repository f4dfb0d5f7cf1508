//! What the server tells of itself.

use serde_json::{Value, json};

use super::ask::Ask;
use super::reply::Reply;

/// The version that it behaves as.
pub(super) const VERSION: &str = "0.85.2";

/// `GET /v1/flags`: for everybody.
pub(super) fn flags(ask: &Ask<'_>) -> Value {
    let mut flags = features();
    if let (Value::Object(flags), Value::Object(limits)) = (&mut flags, limits(ask)) {
        flags.extend(limits);
    }
    flags
}

/// What is on and what is off.
fn features() -> Value {
    let logo = "https://cdn.example.com/logo.svg";
    json!({
        "AGENTS_CONFIGURED": true, "SHOW_ALERTS": false, "SHOW_PROJECT_MEMBERS": false, "SHOW_BADGES": true,
        "CAN_BUY_ACTIVE_FLOWS": false, "CAN_BUY_AI_CREDITS": false, "SHOW_BILLING_LIMITS_ON_SIDEBAR": false,
        "SHOW_BILLING_PAGE": false, "SHOW_POWERED_BY_IN_FORM": true, "ENABLE_FLOW_ON_PUBLISH": true,
        "CLOUD_AUTH_ENABLED": true, "EMAIL_AUTH_ENABLED": true, "SHOW_COMMUNITY": true,
        "PRIVATE_PIECES_ENABLED": false, "TELEMETRY_ENABLED": false, "ALLOW_NPM_PACKAGES_IN_CODE_STEP": true,
        "PROJECT_RATE_LIMITER_ENABLED": false, "SMTP_CONFIGURED": false, "PGVECTOR_AVAILABLE": true,
        "THEME": {
            "websiteName": "Activepieces",
            "colors": {
                "avatar": "#515151", "blue-link": "#1890ff", "danger": "#f94949", "selection": "#8964e7",
                "primary": { "default": "#6e41e2", "dark": "#6738e1", "light": "#eee8fc", "medium": "#c6b4f4" },
                "warn": { "default": "#f78a3b", "light": "#fff6e4", "dark": "#cc8805" },
                "success": { "default": "#14ae5c", "light": "#3cad71" },
            },
            "logos": { "fullLogoUrl": logo, "favIconUrl": logo, "logoIconUrl": logo },
        },
    })
}

/// Addresses, versions and limits.
fn limits(ask: &Ask<'_>) -> Value {
    let site = ask.site;
    json!({
        "ENVIRONMENT": "prod", "EDITION": "ce", "PIECES_SYNC_MODE": "NONE", "EXECUTION_DATA_RETENTION_DAYS": 30,
        "THIRD_PARTY_AUTH_PROVIDERS_TO_SHOW_MAP": {},
        "THIRD_PARTY_AUTH_PROVIDER_REDIRECT_URL": format!("{}/redirect", site.origin),
        "PRIVACY_POLICY_URL": "https://example.com/privacy", "TERMS_OF_SERVICE_URL": "https://example.com/terms",
        "PUBLIC_URL": format!("{}/", site.origin), "FLOW_RUN_TIME_SECONDS": 600, "TRIGGER_TIMEOUT_SECONDS": 60,
        "FLOW_RUN_MEMORY_LIMIT_KB": 1_048_576, "FLOW_RUN_LOG_SIZE_LIMIT_MB": 50, "PAUSED_FLOW_TIMEOUT_DAYS": 30,
        "WEBHOOK_TIMEOUT_SECONDS": site.webhook_seconds, "CURRENT_VERSION": VERSION, "LATEST_VERSION": "0.0.0",
        "MAX_RECORDS_PER_TABLE": 10_000, "MAX_FIELDS_PER_TABLE": 100, "MAX_FILE_SIZE_MB": 25,
        "DEFAULT_CONCURRENT_JOBS_LIMIT": 5, "WEBHOOK_URL_PREFIX": format!("{}/webhooks", site.api()),
        "SUPPORTED_APP_WEBHOOKS": [],
    })
}

/// Lists that are empty on a fresh Community server, and the like.
pub(super) fn small(ask: &Ask<'_>, parts: &[&str]) -> Option<Reply> {
    if ask.method != "GET" {
        return None;
    }
    let none = json!({ "data": [], "next": null, "previous": null });
    Some(match parts {
        ["templates"] => Reply::ok(none),
        ["ai-providers"] => Reply::ok(json!([])),
        ["trigger-runs", "status"] => Reply::ok(json!({ "pieces": {} })),
        ["user-invitations"] if ask.param("type") == Some("PROJECT") => {
            Reply::domain(409, "VALIDATION", json!({ "message": "Project must be a team project" }))
        }
        ["user-invitations"] => Reply::ok(none),
        ["worker-machines"] => Reply::ok(json!([worker()])),
        _ => return None,
    })
}

fn worker() -> Value {
    json!({
        "id": "worker-sample", "type": "SHARED", "status": "ONLINE", "created": "2026-06-02T08:00:00.000Z",
        "updated": "2026-06-02T08:00:00.000Z",
        "information": {
            "workerId": "worker-sample", "cpuUsagePercentage": 2.5, "ramUsagePercentage": 40.5,
            "totalAvailableRamInBytes": 8_589_934_592_u64, "totalCpuCores": 2, "ip": "127.0.0.1",
            "diskInfo": { "total": 100, "free": 60, "used": 40, "percentage": 40.5 },
            "workerProps": {
                "EXECUTION_MODE": "UNSANDBOXED", "WORKER_CONCURRENCY": "3", "SANDBOX_MEMORY_LIMIT": "1048576",
                "REUSE_SANDBOX": "false", "version": VERSION,
            },
            "sandboxes": [{ "sandboxId": "sample", "boxId": 1, "busy": false, "memoryUsageBytes": 1 }],
        },
    })
}
