//! What must be true of sessions: the newest refresh token is there, and no older one is good.

use entity::id::SessionId;
use uuid::Uuid;

use crate::db::Reader;
use crate::db::rules::{Rule, broken};
use crate::kernel::error::Fault;
use crate::kernel::finding::Finding;

const RULES: &[Rule] = &[
    Rule {
        name: "access.session_has_its_newest_token",
        sql: "
            SELECT session.id FROM sessions AS session
            LEFT JOIN refresh_tokens AS token
                ON token.session_id = session.id AND token.generation = session.generation
            WHERE session.state = 'active' AND token.token_hash IS NULL LIMIT 100",
        id: session,
        says: "it has no refresh token of its generation",
    },
    Rule {
        name: "access.session_has_one_live_branch",
        sql: "
            SELECT session.id FROM sessions AS session
            JOIN refresh_tokens AS token ON token.session_id = session.id
            WHERE session.state = 'active' AND token.used_at IS NULL
                AND token.generation <> session.generation
            GROUP BY session.id LIMIT 100",
        id: session,
        says: "a refresh token of another generation is still unused",
    },
];

/// All findings of this area.
pub async fn check(read: &Reader) -> Result<Vec<Finding>, Fault> {
    broken(read, RULES).await
}

fn session(id: Uuid) -> String {
    SessionId::from_uuid(id).to_string()
}
