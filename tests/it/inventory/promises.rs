//! The steps that promise stock to orders, carried out by verbs of the test's own.

use chrono::TimeDelta;
use entity::id::{ChannelId, LocationId, OrderId, VariantId};
use entity::stock_policies::Oversell;
use entity::{reservations, stock_levels};
use rialto::domain::inventory::commands::InventorySweep;
use rialto::domain::inventory::steps::{self, Count, Policy, Want};
use rialto::kernel::caller::Caller;
use rialto::kernel::error::{Code, Details, Refused, Stop};
use rialto::kernel::permission::{Permission, Role};
use rialto::write::{Before, Command, Entry, Evidence, NothingPrepared, Write};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use crate::both;
use crate::harness::{Shop, Who};

/// What a verb of the test does to an order's promises.
#[derive(Clone, Debug, Serialize)]
enum Act {
    Hold(ChannelId, Vec<(i64, VariantId, i64)>, i64),
    Allocate,
    Release,
    Pin(bool),
    Ship(LocationId, Vec<(i64, i64)>),
    CountIn(LocationId, Vec<(VariantId, Option<i64>)>),
}

#[derive(Clone, Debug, Serialize)]
struct Verb(OrderId, Act);

impl Command for Verb {
    const NAME: &'static str = "test.promise";
    const PERMISSION: Permission = Permission::SystemJob;
    const EVIDENCE: Evidence = Evidence::Bookkeeping;
    type Prepared = NothingPrepared;
    type Output = usize;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<usize, Stop> {
        let Self(order, act) = self;
        // An order's rows are locked by its verb; here its history stands in for them.
        w.audit(Entry::new("order", order.uuid(), Self::NAME));
        match act {
            Act::Hold(channel, lines, seconds) => {
                let want = |(line_no, variant, quantity): &(i64, VariantId, i64)| Want {
                    line_no: *line_no,
                    variant: *variant,
                    quantity: *quantity,
                };
                let wants: Vec<_> = lines.iter().map(want).collect();
                let until = w.now() + TimeDelta::seconds(*seconds);
                steps::hold(w, *order, *channel, &wants, until).await?;
            }
            Act::Allocate => return Ok(usize::from(steps::allocate(w, *order).await?)),
            Act::Release => steps::release(w, *order).await?,
            Act::Pin(pinned) => steps::pin(w, *order, *pinned).await?,
            Act::Ship(location, lines) => steps::ship(w, *order, *location, lines).await?,
            Act::CountIn(location, counts) => {
                let count = |(variant, on_hand): &(VariantId, Option<i64>)| Count {
                    variant: *variant,
                    policy: Policy {
                        tracked: on_hand.is_some(),
                        oversell: Oversell::Deny,
                    },
                    on_hand: *on_hand,
                };
                let counts: Vec<_> = counts.iter().map(count).collect();
                return Ok(steps::count_in(w, *location, &counts).await?.len());
            }
        }
        Ok(0)
    }
}

async fn acts(shop: &Shop, order: OrderId, act: Act) -> Result<usize, Vec<Refused>> {
    let door = &shop.app.door;
    match door
        .execute(&Caller::system("test"), None, Verb(order, act))
        .await
    {
        Ok(done) => Ok(done.output),
        Err(Stop::Refused(refused)) => Err(refused),
        Err(stop) => panic!("{stop:?}"),
    }
}

fn order() -> OrderId {
    OrderId::from_uuid(Uuid::now_v7())
}

/// The figures of a variant at a location: on hand, committed.
async fn level(shop: &Shop, variant: VariantId, location: LocationId) -> (i64, i64) {
    let row = stock_levels::Entity::find_by_id((variant, location))
        .one(&shop.app.door.reader())
        .await
        .expect("an answer");
    row.map_or((0, 0), |row| (row.on_hand, row.committed))
}

/// The order's reservations: state and pieces, in the order in which they were made.
async fn promises(shop: &Shop, order: OrderId) -> Vec<(&'static str, i64)> {
    let rows = reservations::Entity::find()
        .filter(reservations::Column::OwnerId.eq(order.uuid()))
        .order_by_asc(reservations::Column::Id)
        .all(&shop.app.door.reader())
        .await
        .expect("an answer");
    rows.iter()
        .map(|row| (row.state.as_str(), row.quantity))
        .collect()
}

fn short(refused: &[Refused]) -> Vec<(i64, i64)> {
    let figures = |one: &Refused| {
        assert_eq!(
            (one.code, one.path.join(".")),
            (Code::OutOfStock, "input.cartId".to_owned())
        );
        match &one.details {
            Details::Stock {
                requested,
                available,
                ..
            } => (*requested, *available),
            other => panic!("{other:?}"),
        }
    };
    refused.iter().map(figures).collect()
}

/// Business time goes by.
async fn passes(shop: &Shop, seconds: i64) {
    let query = "mutation($seconds: Int!) {
        sandboxClockAdvance(input: { seconds: $seconds }) { errors { code } }
    }";
    let seconds = json!({ "seconds": seconds });
    shop.ask(&Who::guest(), query, seconds).await.ok();
    // A server looks at the shared clock when it is asked something.
    shop.ask(&Who::guest(), "{ sandboxClock }", json!({}))
        .await
        .ok();
}

/// Lapsed holds are given back, by us or by the loop of the server.
async fn sweeps(shop: &Shop) {
    shop.done(Role::System, InventorySweep {}).await;
}

struct Ground {
    channel: ChannelId,
    location: LocationId,
    mug: VariantId,
}

/// A shop with five mugs at one location.
async fn ground(shop: &Shop) -> Ground {
    let channel = shop.opens_channel("eu").await;
    shop.tax_class("standard").await;
    let location = shop.location("main").await;
    let mug = shop.variant("mug").await;
    shop.receives(mug, location, 5).await;
    Ground {
        channel,
        location,
        mug,
    }
}

both! {
    async fn a_hold_takes_from_what_can_be_promised_and_a_release_gives_it_back(shop: Shop) {
        let Ground { channel, location, mug } = ground(&shop).await;
        let (first, second) = (order(), order());
        acts(&shop, first, Act::Hold(channel, vec![(1, mug, 3)], 600)).await.expect("three of five");
        assert_eq!(level(&shop, mug, location).await, (5, 3));
        let refused = acts(&shop, second, Act::Hold(channel, vec![(1, mug, 3)], 600)).await;
        assert_eq!(short(&refused.expect_err("two are left")), [(3, 2)]);
        assert_eq!(promises(&shop, second).await, []);
        acts(&shop, first, Act::Release).await.expect("given back");
        assert_eq!(level(&shop, mug, location).await, (5, 0));
        assert_eq!(promises(&shop, first).await, [("released", 3)]);
        acts(&shop, first, Act::Release).await.expect("nothing more to give back");
        assert_eq!(level(&shop, mug, location).await, (5, 0));
        acts(&shop, second, Act::Hold(channel, vec![(1, mug, 5)], 600)).await.expect("all five");
        assert_eq!(shop.stock_findings().await, [""; 0]);
    }

    async fn every_short_line_is_refused_and_nothing_is_held(shop: Shop) {
        let Ground { channel, location, mug } = ground(&shop).await;
        let cup = shop.variant("cup").await;
        let pen = shop.variant("pen").await;
        shop.receives(pen, location, 9).await;
        let lines = vec![(1, mug, 6), (2, pen, 9), (3, cup, 1)];
        let refused = acts(&shop, order(), Act::Hold(channel, lines, 600)).await;
        assert_eq!(short(&refused.expect_err("two lines are short")), [(6, 5), (1, 0)]);
        assert_eq!(level(&shop, pen, location).await, (9, 0));
    }

    async fn an_order_is_split_over_locations_only_if_none_has_it_all(shop: Shop) {
        let Ground { channel, location, mug } = ground(&shop).await;
        let north = shop.location("north").await;
        shop.receives(mug, north, 6).await;
        let (one, two) = (order(), order());
        acts(&shop, one, Act::Hold(channel, vec![(1, mug, 6)], 600)).await.expect("north has six");
        assert_eq!(level(&shop, mug, north).await, (6, 6));
        acts(&shop, one, Act::Release).await.expect("given back");
        acts(&shop, two, Act::Hold(channel, vec![(1, mug, 8)], 600)).await.expect("split");
        let figures = (level(&shop, mug, north).await, level(&shop, mug, location).await);
        assert_eq!(figures, ((6, 6), (5, 2)));
        assert_eq!(shop.stock_findings().await, [""; 0]);
    }

    async fn a_variant_that_nobody_counts_needs_no_stock(shop: Shop) {
        let Ground { channel, .. } = ground(&shop).await;
        let download = shop.variant("download").await;
        shop.stops_counting(download).await;
        let order = order();
        acts(&shop, order, Act::Hold(channel, vec![(1, download, 1000)], 600)).await.expect("held");
        assert_eq!(acts(&shop, order, Act::Allocate).await, Ok(1));
        assert_eq!(promises(&shop, order).await, []);
    }

    async fn a_backorder_is_promised_without_any_stock_and_sent_when_it_has_come(shop: Shop) {
        let Ground { channel, location, .. } = ground(&shop).await;
        let lamp = shop.variant("lamp").await;
        shop.oversells(lamp, Oversell::Backorder).await;
        let order = order();
        acts(&shop, order, Act::Hold(channel, vec![(1, lamp, 4)], 600)).await.expect("held");
        assert_eq!(acts(&shop, order, Act::Allocate).await, Ok(1));
        assert_eq!(level(&shop, lamp, location).await, (0, 4));
        let refused = acts(&shop, order, Act::Ship(location, vec![(1, 4)])).await;
        assert_eq!(refused.expect_err("nothing lies there")[0].code, Code::OutOfStock);
        shop.receives(lamp, location, 4).await;
        acts(&shop, order, Act::Ship(location, vec![(1, 4)])).await.expect("sent");
        assert_eq!(level(&shop, lamp, location).await, (0, 0));
        assert_eq!(shop.stock_findings().await, [""; 0]);
    }

    async fn what_is_denied_again_stays_promised_but_nothing_more_is(shop: Shop) {
        let Ground { channel, location, mug } = ground(&shop).await;
        shop.oversells(mug, Oversell::Backorder).await;
        acts(&shop, order(), Act::Hold(channel, vec![(1, mug, 8)], 600)).await.expect("beyond");
        shop.oversells(mug, Oversell::Deny).await;
        assert_eq!(level(&shop, mug, location).await, (5, 8));
        shop.receives(mug, location, 4).await;
        let two = Act::Hold(channel, vec![(1, mug, 2)], 600);
        let refused = acts(&shop, order(), two).await;
        assert_eq!(short(&refused.expect_err("three of four are owed")), [(2, 1)]);
        acts(&shop, order(), Act::Hold(channel, vec![(1, mug, 1)], 600)).await.expect("one");
    }

    async fn parts_of_a_line_are_sent_one_after_the_other(shop: Shop) {
        let Ground { channel, location, mug } = ground(&shop).await;
        let order = order();
        acts(&shop, order, Act::Hold(channel, vec![(1, mug, 5)], 600)).await.expect("held");
        assert_eq!(acts(&shop, order, Act::Allocate).await, Ok(1));
        acts(&shop, order, Act::Ship(location, vec![(1, 2)])).await.expect("two");
        assert_eq!(promises(&shop, order).await, [("allocated", 3), ("shipped", 2)]);
        assert_eq!(level(&shop, mug, location).await, (3, 3));
        let refused = acts(&shop, order, Act::Ship(location, vec![(1, 4)])).await;
        assert_eq!(refused.expect_err("three are left")[0].code, Code::OutOfStock);
        acts(&shop, order, Act::Ship(location, vec![(1, 3)])).await.expect("three");
        assert_eq!(promises(&shop, order).await, [("shipped", 3), ("shipped", 2)]);
        assert_eq!(level(&shop, mug, location).await, (0, 0));
        assert_eq!(shop.stock_findings().await, [""; 0]);
    }

    async fn a_lapsed_hold_is_given_back_once_and_a_pinned_one_never(shop: Shop) {
        let Ground { channel, location, mug } = ground(&shop).await;
        let (late, pinned) = (order(), order());
        let hold = |pieces| Act::Hold(channel, vec![(1, mug, pieces)], 60);
        acts(&shop, late, hold(3)).await.expect("held");
        acts(&shop, pinned, hold(2)).await.expect("held");
        acts(&shop, pinned, Act::Pin(true)).await.expect("pinned");
        sweeps(&shop).await;
        assert_eq!(level(&shop, mug, location).await, (5, 5));
        passes(&shop, 60).await;
        sweeps(&shop).await;
        sweeps(&shop).await;
        assert_eq!(level(&shop, mug, location).await, (5, 2));
        assert_eq!(promises(&shop, late).await, [("expired", 3)]);
        assert_eq!(promises(&shop, pinned).await, [("held", 2)]);
        acts(&shop, pinned, Act::Pin(false)).await.expect("no longer pinned");
        sweeps(&shop).await;
        assert_eq!(promises(&shop, pinned).await, [("expired", 2)]);
        assert_eq!(shop.stock_findings().await, [""; 0]);
    }

    async fn a_payment_that_comes_late_gets_the_pieces_again_if_they_are_still_there(shop: Shop) {
        let Ground { channel, location, mug } = ground(&shop).await;
        let (lucky, unlucky) = (order(), order());
        let hold = |pieces| Act::Hold(channel, vec![(1, mug, pieces)], 60);
        acts(&shop, lucky, hold(3)).await.expect("held");
        acts(&shop, unlucky, hold(2)).await.expect("held");
        passes(&shop, 60).await;
        sweeps(&shop).await;
        acts(&shop, order(), hold(2)).await.expect("somebody else buys two");
        assert_eq!(acts(&shop, lucky, Act::Allocate).await, Ok(1));
        assert_eq!(promises(&shop, lucky).await, [("released", 3), ("allocated", 3)]);
        assert_eq!(acts(&shop, lucky, Act::Allocate).await, Ok(1));
        assert_eq!(acts(&shop, unlucky, Act::Allocate).await, Ok(0));
        assert_eq!(level(&shop, mug, location).await, (5, 5));
        assert_eq!(shop.stock_findings().await, [""; 0]);
    }

    async fn counting_in_twice_changes_nothing_the_second_time(shop: Shop) {
        let Ground { channel, location, mug } = ground(&shop).await;
        let cup = shop.variant("cup").await;
        let pen = shop.variant("pen").await;
        let buyer = order();
        acts(&shop, buyer, Act::Hold(channel, vec![(1, mug, 4)], 600)).await.expect("held");
        let counts = vec![(mug, Some(3)), (cup, Some(7)), (pen, None)];
        let count = || Act::CountIn(location, counts.clone());
        assert_eq!(acts(&shop, order(), count()).await, Ok(3));
        assert_eq!(acts(&shop, order(), count()).await, Ok(0));
        assert_eq!(level(&shop, mug, location).await, (3, 4));
        assert_eq!(level(&shop, cup, location).await, (7, 0));
        let refused = acts(&shop, order(), Act::Hold(channel, vec![(1, mug, 1)], 600)).await;
        assert_eq!(short(&refused.expect_err("one is missing")), [(1, 0)]);
        acts(&shop, buyer, Act::Release).await.expect("given back");
        acts(&shop, order(), Act::Hold(channel, vec![(1, mug, 3)], 600)).await.expect("three");
        assert_eq!(shop.stock_findings().await, [""; 0]);
    }

    async fn the_check_sees_a_level_that_somebody_has_changed_by_hand(shop: Shop) {
        let Ground { .. } = ground(&shop).await;
        let hand = shop.app.db.for_migrations();
        hand.execute_unprepared("UPDATE stock_levels SET committed = 1, on_hand = 9").await.expect("a hand");
        let found = shop.stock_findings().await;
        let rules: Vec<_> = found.iter().filter_map(|one| one.split(':').next()).collect();
        assert_eq!(rules, [
            "inventory.committed_is_what_is_reserved",
            "inventory.on_hand_is_what_has_moved",
            "inventory.committed_is_what_has_moved",
        ]);
    }

    async fn sixty_four_buyers_of_ten_pieces_get_ten(shop: Shop) {
        let Ground { channel, location, mug } = ground(&shop).await;
        shop.receives(mug, location, 5).await;
        let buy = || acts(&shop, order(), Act::Hold(channel, vec![(1, mug, 1)], 600));
        let bought = futures_util::future::join_all((0..64).map(|_| buy())).await;
        let (got, refused): (Vec<_>, Vec<_>) = bought.into_iter().partition(Result::is_ok);
        assert_eq!((got.len(), refused.len()), (10, 54));
        for one in refused {
            assert_eq!(short(&one.expect_err("refused")), [(1, 0)]);
        }
        assert_eq!(level(&shop, mug, location).await, (10, 10));
        assert_eq!(shop.stock_findings().await, [""; 0]);
    }
}
