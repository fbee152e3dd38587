//! Samples of carts, orders and fulfillments.

use entity::cart_lines;
use entity::id::{CartId, CartLineId};
use entity::payments::Method;
use rialto::domain::cart::commands::{
    CartClaim, CartCreate, CartLinesAdd, CartLinesRemove, CartLinesUpdate,
};
use rialto::domain::cart::facts::Attribution;
use rialto::domain::cart::lines::{Addition, Update};
use rialto::domain::fulfillment::commands::{
    FulfillmentCancel, FulfillmentCreate, FulfillmentDeliver, FulfillmentPack, FulfillmentShip,
};
use rialto::domain::fulfillment::tracking::Tracking;
use rialto::domain::order::commands::{Cancel, Confirm, Hold, MarkPaid, Release};
use rialto::kernel::caller::Caller;
use rialto::kernel::permission::Role;
use rialto::kernel::secret::SecretHash;
use rialto::kernel::text::Reason;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::sample::{Sample, staff};
use super::world::{World, contact, delivery, shipping};

/// All of them.
pub async fn samples(world: &World) -> Vec<Sample> {
    let mut samples = carts(world).await;
    samples.extend(lines(world).await);
    samples.extend(orders(world).await);
    samples.extend(fulfillments(world).await);
    samples
}

fn reason() -> Reason {
    Reason::parse("walked").expect("a reason")
}

async fn carts(world: &World) -> Vec<Sample> {
    let admin = staff(Role::Admin);
    let (_, variants) = world.product().await;
    let (channel, variant) = (world.till.market.eu, variants[0]);
    let create = move || CartCreate {
        channel,
        language: None,
        accepts: None,
        attribution: Attribution::default(),
        lines: vec![Addition {
            variant,
            quantity: 1,
        }],
    };
    let cart = world.filled(&admin).await;
    let (card, invoice) = (world.filled(&admin).await, world.filled(&admin).await);
    let card = world.completion(card, Method::Card).await;
    let invoice = world.completion(invoice, Method::Invoice).await;
    let claimed = world.filled(&admin).await;
    let secret = world
        .shop
        .app
        .door
        .secret_key()
        .mint("cart", claimed.uuid(), 1);
    let claimer = Caller {
        cart_secret: Some(SecretHash::of(&secret)),
        ..world.customer().await
    };
    let claim = move || CartClaim {
        cart: claimed,
        expected_version: None,
    };
    vec![
        Sample::of(&admin, create),
        Sample::of(&world.customer().await, create),
        Sample::of(&admin, move || contact(cart)),
        Sample::of(&admin, move || shipping(cart)),
        Sample::of(&admin, move || delivery(cart)),
        Sample::of(&admin, move || card.clone()),
        Sample::of(&admin, move || invoice.clone()),
        Sample::of(&claimer, claim),
    ]
}

async fn line(world: &World, cart: CartId) -> CartLineId {
    let of = cart_lines::Entity::find().filter(cart_lines::Column::CartId.eq(cart));
    let row = of.one(&world.shop.app.door.reader()).await;
    row.expect("an answer").expect("a line").id
}

async fn lines(world: &World) -> Vec<Sample> {
    let admin = staff(Role::Admin);
    let (_, variants) = world.product().await;
    let added = world.cart(&admin).await;
    let updated = world.filled(&admin).await;
    let removed = world.filled(&admin).await;
    let (updated_line, removed_line) = (line(world, updated).await, line(world, removed).await);
    vec![
        Sample::of(&admin, move || CartLinesAdd {
            cart: added,
            lines: vec![Addition {
                variant: variants[0],
                quantity: 1,
            }],
            expected_version: None,
        }),
        Sample::of(&admin, move || CartLinesUpdate {
            cart: updated,
            lines: vec![Update {
                line: updated_line,
                quantity: 3,
            }],
            expected_version: None,
        }),
        Sample::of(&admin, move || CartLinesRemove {
            cart: removed,
            lines: vec![removed_line],
            expected_version: None,
        }),
    ]
}

async fn orders(world: &World) -> Vec<Sample> {
    let finance = staff(Role::Finance);
    let support = staff(Role::Support);
    let cancel = |order| {
        move || Cancel {
            order,
            reason: reason(),
            expected_version: None,
        }
    };
    let hold = |order| {
        move || Hold {
            order,
            reason: reason(),
            expected_version: None,
        }
    };
    let confirm = |order| {
        move || Confirm {
            order,
            expected_version: None,
        }
    };
    let held = world.confirmed().await;
    world.does(&support, hold(held)()).await;
    let unpaid = world.invoiced().await;
    world.does(&finance, confirm(unpaid)()).await;
    let payment = world.payment(unpaid).await;
    vec![
        Sample::of(&support, cancel(world.confirmed().await)),
        Sample::of(&support, cancel(world.invoiced().await)),
        Sample::of(&support, hold(world.confirmed().await)),
        Sample::of(&support, move || Release {
            order: held,
            note: reason(),
            expected_version: None,
        }),
        Sample::of(&finance, confirm(world.invoiced().await)),
        Sample::of(&finance, move || MarkPaid {
            payment,
            expected_version: None,
        }),
    ]
}

async fn fulfillments(world: &World) -> Vec<Sample> {
    let warehouse = staff(Role::Warehouse);
    let pack = |fulfillment| {
        move || FulfillmentPack {
            fulfillment,
            expected_version: None,
        }
    };
    let ship = |fulfillment| {
        move || FulfillmentShip {
            fulfillment,
            expected_version: None,
            tracking: Tracking::Untracked,
        }
    };
    let order = world.confirmed().await;
    let packed = world.fulfillment().await;
    world.does(&warehouse, pack(packed)()).await;
    let shipped = world.fulfillment().await;
    world.does(&warehouse, pack(shipped)()).await;
    world.does(&warehouse, ship(shipped)()).await;
    let cancelled = world.fulfillment().await;
    vec![
        Sample::of(&warehouse, move || FulfillmentCreate {
            order,
            lines: None,
            location: None,
        }),
        Sample::of(&warehouse, pack(world.fulfillment().await)),
        Sample::of(&warehouse, ship(packed)),
        Sample::of(&warehouse, move || FulfillmentDeliver {
            fulfillment: shipped,
            expected_version: None,
        }),
        Sample::of(&warehouse, move || FulfillmentCancel {
            fulfillment: cancelled,
            expected_version: None,
            reason: reason(),
        }),
    ]
}
