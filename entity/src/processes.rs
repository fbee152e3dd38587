//! Work in several transactions with calls outside between them; each step is recorded before it
//! is taken, so that any node can resume it.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveEntityModel, DerivePrimaryKey, DeriveRelation,
    EntityTrait, EnumIter, Json, PrimaryKeyTrait, Uuid,
};

use crate::id::{OrderId, ProcessId};
use crate::words::words;

/// One process.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "processes")]
pub struct Model {
    /// Names the process.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ProcessId,
    /// Which process, such as `complete_cart`.
    pub kind: String,
    /// What it is about; one live process of a kind per subject.
    pub subject: Uuid,
    /// The order it belongs to, for finding it.
    pub order_id: Option<OrderId>,
    /// Whether it runs.
    pub state: State,
    /// The last step that is known to be done.
    pub recovery_point: String,
    /// Who holds the lease.
    pub lock_token: Option<Uuid>,
    /// Until when; afterwards another node may take over.
    pub lease_until: Option<DateTimeUtc>,
    /// When to look again.
    pub next_check_at: Option<DateTimeUtc>,
    /// How often it was taken up.
    pub attempts: i64,
    /// What it ended with.
    #[sea_orm(column_type = "JsonBinary")]
    pub outcome: Option<Json>,
    /// When it began.
    pub created_at: DateTimeUtc,
    /// When it changed last.
    pub updated_at: DateTimeUtc,
}

/// None: reads join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

words! {
    /// Whether a process runs.
    State {
        Running = "running",
        Waiting = "waiting",
        Done = "done",
        Failed = "failed",
    }
}
