//! A provider has sent a notice. It is kept, each once, and makes the process that waits look.

use serde::{Deserialize, Serialize};

use crate::domain::payment::port::Notice;
use crate::domain::payment::steps;
use crate::domain::payment::store::events::{self, Received};
use crate::domain::payment::store::operations;
use crate::kernel::error::{Fault, Stop};
use crate::kernel::permission::Permission;
use crate::write::{Before, Command, Evidence, NothingPrepared, Write, processes};

/// Keeps a notice. What it says is not believed: it makes us ask.
#[derive(Debug, Serialize)]
pub struct ReceiveEvent {
    /// Who sent it, as `payments.gateway` names it.
    pub provider: String,
    /// The notice.
    pub notice: Notice,
}

/// What came of the notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventReceived {
    /// It came before.
    Repeated,
    /// It is about nothing that we have asked for.
    UnknownObject,
    /// Whoever waits for the operation looks at it now.
    Woken,
}

impl Command for ReceiveEvent {
    const NAME: &'static str = "payment.event_receive";
    const PERMISSION: Permission = Permission::SystemJob;
    const EVIDENCE: Evidence = Evidence::Bookkeeping;
    type Prepared = NothingPrepared;
    type Output = EventReceived;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<EventReceived, Stop> {
        let key = &self.notice.provider_key;
        let operation = operations::by_provider_key(w.read(), key).await?;
        let about = operation.filter(|one| one.gateway == self.provider);
        let received = match &about {
            Some(_) => EventReceived::Woken,
            None => EventReceived::UnknownObject,
        };
        let payload = serde_json::to_value(&self.notice);
        let payload = payload.map_err(|error| Fault::Internal(Box::new(error)))?;
        let kept = events::keep(
            w,
            Received {
                provider: &self.provider,
                event_id: &self.notice.event_id,
                object_ref: key,
                event_type: &self.notice.event_type,
                payload,
                result: match received {
                    EventReceived::Woken => "woken",
                    EventReceived::UnknownObject | EventReceived::Repeated => "unknown_object",
                },
            },
        );
        if !kept.await? {
            return Ok(EventReceived::Repeated);
        }
        if let Some(operation) = about {
            let order = steps::order_of(w.read(), operation.payment_id).await?;
            processes::wake(w, order).await?;
        }
        Ok(received)
    }
}
