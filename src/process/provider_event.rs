//! Notices from providers: kept, each once, then whoever waits for what they are about looks.
//!
//! A notice is a hint and never believed by itself, so a forged or reordered one does no harm: the
//! process asks the provider, and takes what that says.

use tokio::sync::mpsc::Receiver;

use super::House;
use crate::domain::payment::commands::{EventReceived, ReceiveEvent};
use crate::domain::payment::port::Notice;
use crate::kernel::caller::Caller;
use crate::kernel::error::Stop;

/// What became of a message to `/webhooks/<provider>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inbound {
    /// It was taken (204).
    Taken(EventReceived),
    /// There is no such provider here (404).
    NoSuchProvider,
    /// Its signature does not hold, or it is no notice (401); nothing was stored.
    Refused,
}

/// Takes a message from outside.
pub async fn receive(
    house: &House,
    provider: &str,
    body: &[u8],
    signature: Option<&str>,
) -> Result<Inbound, Stop> {
    let Some(gateway) = house.gateways.find(provider) else {
        return Ok(Inbound::NoSuchProvider);
    };
    let Some(notice) = gateway.notice(body, signature) else {
        return Ok(Inbound::Refused);
    };
    deliver(house, provider, notice).await.map(Inbound::Taken)
}

/// Takes a notice that is known to come from the provider.
pub async fn deliver(house: &House, provider: &str, notice: Notice) -> Result<EventReceived, Stop> {
    let receive = ReceiveEvent {
        provider: provider.to_owned(),
        notice,
    };
    let caller = Caller::system("provider_event");
    Ok(house.door.execute(&caller, None, receive).await?.output)
}

/// Takes what the sandbox sends of its own accord, until it sends no more.
pub async fn listen(house: House, provider: &'static str, mut notices: Receiver<Notice>) {
    while let Some(notice) = notices.recv().await {
        if let Err(stop) = deliver(&house, provider, notice).await {
            tracing::warn!(?stop, provider, "a notice was not taken");
        }
    }
}
