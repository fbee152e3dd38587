//! `orderHold` and `orderRelease`.

use rialto::kernel::permission::Role;
use serde_json::json;

use crate::both;
use crate::harness::Who;
use crate::harness::till::Till;

both! {
    async fn a_held_order_waits_until_it_is_released(shop: Shop) {
        let shop = shop.at_rest();
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 1).await;
        let sale = till.buys(&shop, mug, "sandbox_approve").await;
        let support = shop.staff(Role::Support).await;
        let held = sale.does_as(&shop, &support, "orderHold", json!({ "reason": "odd address" })).await.ok();
        assert_eq!(held.text("orderHold.order.state"), "ON_HOLD");
        let query = "query($id: ID!) { order(by: { id: $id }) { holdReason } }";
        let seen = shop.ask(&support, query, json!({ "id": sale.id })).await.ok();
        assert_eq!(seen.text("order.holdReason"), "odd address");
        let hidden = shop.ask(&sale.who, query, json!({ "id": sale.id })).await;
        assert_eq!(hidden.fault(), Some("FORBIDDEN"));
        let again = json!({ "reason": "again", "idempotencyKey": "hold-it-once-more" });
        let again = sale.does_as(&shop, &support, "orderHold", again).await;
        assert_eq!(again.codes("orderHold"), ["INVALID_TRANSITION"]);
        assert_eq!(again.at("orderHold.errors.0.allowed"), &json!(["release", "cancel"]));
        let input = json!({ "note": "the buyer has confirmed it" });
        let released = sale.does_as(&shop, &support, "orderRelease", input).await.ok();
        assert_eq!(released.text("orderRelease.order.state"), "CONFIRMED");
        assert_eq!(shop.findings().await, Vec::<String>::new());
    }

    async fn an_order_on_hold_can_be_cancelled_by_its_buyer(shop: Shop) {
        let shop = shop.at_rest();
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 1).await;
        let sale = till.buys(&shop, mug, "sandbox_approve").await;
        let support = shop.staff(Role::Support).await;
        sale.does_as(&shop, &support, "orderHold", json!({ "reason": "odd" })).await.ok();
        sale.cancels(&shop).await.ok();
        shop.settles().await;
        assert_eq!(sale.read(&shop).await["paymentStatus"], "VOIDED");
        assert_eq!(shop.findings().await, Vec::<String>::new());
    }

    async fn what_cannot_be_held_or_released_is_refused_and_stays(shop: Shop) {
        let shop = shop.at_rest();
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 9).await;
        let sale = till.buys(&shop, mug, "sandbox_approve").await;
        let pending = till.buys_on_invoice(&shop, mug).await;
        let support = shop.staff(Role::Support).await;
        let warehouse = shop.staff(Role::Warehouse).await;
        let before = shop.dump().await;
        for who in [&sale.who, &warehouse, &Who::guest()] {
            for (field, input) in [
                ("orderHold", json!({ "reason": "no" })),
                ("orderRelease", json!({ "note": "no" })),
            ] {
                let answer = sale.does_as(&shop, who, field, input).await;
                assert_eq!(answer.fault(), Some("FORBIDDEN"), "{field}");
            }
        }
        let hold = json!({ "reason": "no" });
        let answer = pending.does_as(&shop, &support, "orderHold", hold).await;
        assert_eq!(answer.codes("orderHold"), ["INVALID_TRANSITION"]);
        let release = json!({ "note": "no" });
        let answer = sale.does_as(&shop, &support, "orderRelease", release).await;
        assert_eq!(answer.codes("orderRelease"), ["INVALID_TRANSITION"]);
        let stale = json!({ "reason": "no", "expectedVersion": 1 });
        let answer = sale.does_as(&shop, &support, "orderHold", stale).await;
        assert_eq!(answer.codes("orderHold"), ["VERSION_CONFLICT"]);
        assert_eq!(shop.dump().await, before);
    }
}
