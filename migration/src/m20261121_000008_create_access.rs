//! Accounts, their sessions, and the keys that sign access tokens.

use sea_orm_migration::schema::{json_binary, text, text_null, uuid};

use crate::ddl::{
    NewTable, amount, created_at, creates, id, instant, instant_null, one_of, table, tally,
    updated_at, version,
};

creates!(accounts, sessions, refresh_tokens, signing_keys);

fn accounts() -> NewTable {
    table("accounts")
        .cols([
            id(),
            one_of("kind", &["customer", "staff"]),
            one_of(
                "role",
                &[
                    "shopper",
                    "merchandiser",
                    "support",
                    "warehouse",
                    "finance",
                    "admin",
                ],
            ),
            text("email_norm"),
            text("display_name"),
            text("password_hash"),
            one_of("state", &["active", "disabled"]),
            tally("failed_logins"),
            instant_null("locked_until"),
            version(),
            created_at(),
            updated_at(),
        ])
        // Signing in.
        .unique(&["email_norm"])
}

fn sessions() -> NewTable {
    table("sessions")
        .cols([
            id(),
            uuid("account_id"),
            one_of("state", &["active", "revoked"]),
            text_null("revoked_reason"),
            amount("generation"),
            instant("last_seen_at"),
            instant("expires_at"),
            created_at(),
            updated_at(),
        ])
        .part_of("account_id", "accounts")
        // The sessions of an account, to list and to revoke.
        .index(&["account_id"])
}

fn refresh_tokens() -> NewTable {
    table("refresh_tokens")
        .cols([
            text("token_hash").primary_key().take(),
            uuid("session_id"),
            amount("generation"),
            instant("issued_at"),
            instant("expires_at"),
            instant_null("used_at"),
        ])
        .part_of("session_id", "sessions")
        // One token per generation, so that two refreshes at once cannot both win.
        .unique(&["session_id", "generation"])
}

fn signing_keys() -> NewTable {
    table("signing_keys").cols([
        text("kid").primary_key().take(),
        text("algorithm"),
        json_binary("public_jwk"),
        text("private_sealed"),
        one_of("state", &["active", "retired"]),
        instant("not_before"),
        instant_null("retire_at"),
        created_at(),
    ])
}
