//! Parts of verbs that areas further down the line call: promising stock to an order, giving it
//! back, sending it, and counting it in.
//!
//! The caller has locked the order. Each step books its movements and defers the change of the
//! levels to the end of the transaction ([`Write::last`]); where a guard does not hold there, the
//! door plans the verb once more and then refuses it with the figure. Auditing is the verb's.

use std::collections::HashMap;

use entity::id::{ChannelId, LocationId, OrderId, VariantId};
use entity::reservations::{Model, State};

pub use super::availability::Policy;
pub use super::choose::Want;
use super::choose::{Share, Short, choose};
use super::movement::{Account, Movement};
use super::refusal::Refusal;
use super::shipment;
use super::store::hot::{Counts, Promise, Ship};
use super::store::movements::{self, Cause};
use super::store::reservations::{self, Term};
use super::store::{levels, locations, policies};
use crate::db::Reader;
use crate::kernel::clock::Instant;
use crate::kernel::error::{Fault, Refusal as _, Refused, Stop};
use crate::write::Write;

/// Promises the lines to the order until `expires_at`. Lines of variants that nobody counts need no
/// stock. Refused with one `OUT_OF_STOCK` for each line that falls short.
pub async fn hold(
    w: &mut Write,
    order: OrderId,
    channel: ChannelId,
    wants: &[Want],
    expires_at: Instant,
) -> Result<(), Stop> {
    promise(w, order, channel, wants, Term::Until(expires_at)).await
}

/// Makes the order's holds allocations, which do not lapse. Holds that have lapsed meanwhile are
/// promised again; false where there is no stock for that any more: then [`release`] what was held.
pub async fn allocate(w: &mut Write, order: OrderId) -> Result<bool, Stop> {
    reservations::allocate(w, order).await?;
    let lapsed = reservations::lapsed(w.read(), order).await?;
    let Some(first) = lapsed.first() else {
        return Ok(true);
    };
    let wants: Vec<Want> = lapsed
        .iter()
        .map(|row| Want {
            line_no: row.line_no,
            variant: row.variant_id,
            quantity: row.quantity,
        })
        .collect();
    match promise(w, order, first.channel_id, &wants, Term::Allocated).await {
        Ok(()) => {
            let ids: Vec<_> = lapsed.iter().map(|row| row.id).collect();
            reservations::set_state(w, &ids, &[State::Expired], State::Released).await?;
            Ok(true)
        }
        Err(Stop::Refused(_)) => Ok(false),
        Err(stop) => Err(stop),
    }
}

/// Gives back what the order holds or was allocated and has not been sent.
pub async fn release(w: &mut Write, order: OrderId) -> Result<(), Stop> {
    let open = reservations::lock_open(w, order).await?;
    give_back(w, &open, State::Released, "release").await?;
    Ok(())
}

/// Keeps the order's holds from lapsing while the outcome of its payment is unknown, or no longer.
pub async fn pin(w: &mut Write, order: OrderId, pinned: bool) -> Result<(), Stop> {
    Ok(reservations::pin(w, order, pinned).await?)
}

/// Moves the end of the order's holds.
pub async fn extend(w: &mut Write, order: OrderId, until: Instant) -> Result<(), Stop> {
    Ok(reservations::extend(w, order, until).await?)
}

/// Sends pieces of the order's lines (position, pieces) from a location: they leave what lies there
/// and what is promised. A line that was never promised (nobody counts it) sends nothing.
pub async fn ship(
    w: &mut Write,
    order: OrderId,
    location: LocationId,
    lines: &[(i64, i64)],
) -> Result<(), Stop> {
    let promised = reservations::lock(w, order, &[State::Allocated]).await?;
    let plan = shipment::plan(location, lines, promised.iter().map(part))?;
    let (mut whole, mut split, mut moved) = (Vec::new(), Vec::new(), Vec::new());
    for (row, pieces) in promised.iter().zip(plan) {
        if pieces == 0 {
            continue;
        }
        if pieces == row.quantity {
            whole.push(row.id);
        } else {
            split.push((row.clone(), pieces));
        }
        moved.push(Movement {
            variant: row.variant_id,
            location,
            from: Account::Committed,
            to: Account::Customer,
            quantity: pieces,
        });
        w.last(Ship {
            variant: row.variant_id,
            location,
            quantity: pieces,
        });
    }
    reservations::set_state(w, &whole, &[State::Allocated], State::Shipped).await?;
    reservations::split(w, &split).await?;
    movements::book(w, of_order("ship", order), &moved).await?;
    Ok(())
}

/// What is promised to a line of an order at a location.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allotment {
    /// Position of the order's line.
    pub line_no: i64,
    /// From where.
    pub location: LocationId,
    /// Pieces that are promised there and have not been sent.
    pub open: i64,
}

/// Where an order's pieces are promised or were sent from. A line that is missing is not counted by
/// anybody.
pub async fn promised(read: &Reader, order: OrderId) -> Result<Vec<Allotment>, Fault> {
    let rows = reservations::kept(read, order).await?;
    let allotment = |row: Model| Allotment {
        line_no: row.line_no,
        location: row.location_id,
        open: if row.state == State::Shipped {
            0
        } else {
            row.quantity
        },
    };
    Ok(rows.into_iter().map(allotment).collect())
}

/// What a count found of a variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// The variant, each once.
    pub variant: VariantId,
    /// How it shall be counted.
    pub policy: Policy,
    /// Pieces found at the location; none where nobody counts it.
    pub on_hand: Option<i64>,
}

/// Brings policies and levels of many variants at one location to what was found, in few
/// statements whatever their number. Gives the variants that differed; the rest is not touched.
pub async fn count_in(
    w: &mut Write,
    location: LocationId,
    counts: &[Count],
) -> Result<Vec<VariantId>, Stop> {
    let ids: Vec<_> = counts.iter().map(|count| count.variant).collect();
    let known = policies::of(w.read(), &ids).await?;
    let levels = levels::at(w.read(), location, &ids).await?;
    let (mut new_policies, mut found, mut changed) = (Vec::new(), Vec::new(), Vec::new());
    for count in counts {
        let limit = count.policy.backorder_limit();
        let same_policy = known.get(&count.variant) == Some(&count.policy);
        let level = levels.get(&count.variant);
        let same_level = count.on_hand.is_none_or(|on_hand| {
            level.is_some_and(|row| row.on_hand == on_hand && row.backorder_limit == limit)
        });
        if !same_policy {
            new_policies.push((count.variant, count.policy));
        }
        if let Some(on_hand) = count.on_hand.filter(|_| !same_level) {
            found.push((count.variant, on_hand, limit));
        }
        if !same_policy || !same_level {
            changed.push(count.variant);
        }
    }
    policies::set(w, &new_policies).await?;
    if !found.is_empty() {
        let cause = Cause {
            reason: "count",
            by: Some(("location", location.uuid())),
        };
        w.last(Counts {
            location,
            found,
            cause,
        });
    }
    Ok(changed)
}

/// Ends open reservations and gives their pieces back to the levels. They must be locked.
pub(super) async fn give_back(
    w: &mut Write,
    open: &[Model],
    to: State,
    reason: &'static str,
) -> Result<(), Fault> {
    let ids: Vec<_> = open.iter().map(|row| row.id).collect();
    reservations::set_state(w, &ids, &[State::Held, State::Allocated], to).await?;
    let mut by_order: HashMap<_, Vec<Movement>> = HashMap::new();
    for row in open {
        by_order.entry(row.owner_id).or_default().push(Movement {
            variant: row.variant_id,
            location: row.location_id,
            from: Account::Committed,
            to: Account::Sellable,
            quantity: row.quantity,
        });
        w.last(Promise {
            variant: row.variant_id,
            location: row.location_id,
            quantity: -row.quantity,
        });
    }
    movements::book_each(w, reason, by_order).await
}

async fn promise(
    w: &mut Write,
    order: OrderId,
    channel: ChannelId,
    wants: &[Want],
    term: Term,
) -> Result<(), Stop> {
    let variants: Vec<_> = wants.iter().map(|want| want.variant).collect();
    let policies = policies::of(w.read(), &variants).await?;
    let policy = |variant: &VariantId| policies.get(variant).copied().unwrap_or_default();
    let tracked: Vec<Want> = wants
        .iter()
        .filter(|want| policy(&want.variant).tracked)
        .copied()
        .collect();
    if tracked.is_empty() {
        return Ok(());
    }
    let places = locations::serving(w.read()).await?;
    let spots = levels::spots(w.read(), &variants).await?;
    let (spots, new) = shipment::with_backorders(&tracked, &places, spots, policy);
    let shares = choose(&tracked, &places, &spots).map_err(|shorts| refuse(&shorts))?;
    let new: Vec<_> = new
        .into_iter()
        .filter(|(variant, place, _)| {
            shares
                .iter()
                .any(|share| share.variant == *variant && share.location == *place)
        })
        .collect();
    levels::ensure(w, &new).await?;
    reservations::promise(w, order, channel, term, &shares).await?;
    let moved: Vec<_> = shares.iter().map(movement).collect();
    movements::book(w, of_order("hold", order), &moved).await?;
    for share in shares {
        w.last(Promise {
            variant: share.variant,
            location: share.location,
            quantity: share.quantity,
        });
    }
    Ok(())
}

fn movement(share: &Share) -> Movement {
    Movement {
        variant: share.variant,
        location: share.location,
        from: Account::Sellable,
        to: Account::Committed,
        quantity: share.quantity,
    }
}

fn part(row: &Model) -> shipment::Promised {
    shipment::Promised {
        line_no: row.line_no,
        variant: row.variant_id,
        location: row.location_id,
        quantity: row.quantity,
    }
}

fn of_order(reason: &'static str, order: OrderId) -> Cause {
    Cause {
        reason,
        by: Some(("order", order.uuid())),
    }
}

fn refuse(shorts: &[Short]) -> Vec<Refused> {
    let refused = |short: &Short| {
        let refusal = Refusal::OutOfStock {
            variant: short.variant,
            requested: short.requested,
            available: short.available,
        };
        refusal.refused()
    };
    shorts.iter().map(refused).collect()
}
