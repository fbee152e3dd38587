//! What is asked of providers is carried out once, whatever happens on the way.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use rialto::domain::payment::port::{
    Answer, AuthorizeRequest, ChallengeRequest, FollowUp, Gateway, Gateways, Known, Lookup, Notice,
};
use rialto::kernel::permission::Role;
use rialto::process::{House, Times, completer};
use serde_json::json;

use crate::both;
use crate::harness::till::Till;

/// A provider that counts how often it voids, and takes its time.
struct Counting {
    voids: AtomicUsize,
    takes: Duration,
}

#[async_trait::async_trait]
impl Gateway for Counting {
    async fn authorize(&self, _: &AuthorizeRequest) -> Answer {
        Answer::Unknown
    }

    async fn complete_challenge(&self, _: &ChallengeRequest) -> Answer {
        Answer::Unknown
    }

    async fn capture(&self, _: &FollowUp) -> Answer {
        Answer::Unknown
    }

    async fn void(&self, _: &FollowUp) -> Answer {
        self.voids.fetch_add(1, Ordering::SeqCst);
        tokio::time::sleep(self.takes).await;
        Answer::Succeeded {
            provider_ref: "counted".into(),
        }
    }

    async fn refund(&self, _: &FollowUp) -> Answer {
        Answer::Unknown
    }

    async fn lookup(&self, _: &Lookup) -> Known {
        if self.voids.load(Ordering::SeqCst) == 0 {
            return Known::Never;
        }
        Known::Answered(Answer::Succeeded {
            provider_ref: "counted".into(),
        })
    }

    fn notice(&self, _: &[u8], _: Option<&str>) -> Option<Notice> {
        None
    }
}

impl Gateways for Counting {
    fn find(&self, _: &str) -> Option<&dyn Gateway> {
        Some(self)
    }
}

fn counting(takes: Duration) -> Arc<Counting> {
    Arc::new(Counting {
        voids: AtomicUsize::new(0),
        takes,
    })
}

both! {
    async fn an_outcome_that_is_not_known_is_found_out(shop: Shop) {
        let shop = shop.at_rest();
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 9).await;
        let finance = shop.staff(Role::Finance).await;
        for (token, attempts) in [
            ("sandbox_void_timeout_before", 2),
            ("sandbox_void_timeout_after", 1),
        ] {
            let sale = till.buys(&shop, mug, token).await;
            sale.cancels(&shop).await.ok();
            completer::sweep(&shop.app.house).await.expect("a sweep");
            let payment = sale.payment(&shop, &finance).await;
            assert_eq!(payment["operations"][1]["state"], "UNKNOWN", "{token}");
            assert_eq!(shop.findings().await, Vec::<String>::new());
            shop.settles_until(|| async {
                sale.read(&shop).await["paymentStatus"] == "VOIDED"
            })
            .await;
            let payment = sale.payment(&shop, &finance).await;
            assert_eq!(payment["operations"][1]["attempts"], attempts, "{token}");
            assert_eq!(payment["operations"].as_array().map(Vec::len), Some(2));
            assert_eq!(shop.findings().await, Vec::<String>::new());
        }
    }

    async fn a_void_that_the_provider_refuses_is_told(shop: Shop) {
        let shop = shop.at_rest();
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 1).await;
        let sale = till.buys(&shop, mug, "sandbox_void_decline").await;
        sale.cancels(&shop).await.ok();
        shop.settles().await;
        let payment = sale.payment(&shop, &shop.staff(Role::Finance).await).await;
        assert_eq!(payment["state"], "AUTHORIZED");
        assert_eq!(payment["operations"][1]["state"], "FAILED");
        let told = "outbox_events WHERE event_type = 'payment.operation_failed'";
        assert_eq!(shop.count(told).await, 1);
        assert_eq!(shop.findings().await, Vec::<String>::new());
    }

    async fn many_nodes_take_one_request_once(shop: Shop) {
        let shop = shop.at_rest();
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 1).await;
        let sale = till.buys(&shop, mug, "sandbox_approve").await;
        sale.cancels(&shop).await.ok();
        let provider = counting(Duration::from_millis(30));
        let house = House {
            gateways: provider.clone(),
            ..shop.app.house.clone()
        };
        let sweeps = (0..16).map(|_| completer::sweep(&house));
        for swept in futures_util::future::join_all(sweeps).await {
            swept.expect("a sweep");
        }
        assert_eq!(provider.voids.load(Ordering::SeqCst), 1);
        assert_eq!(sale.read(&shop).await["paymentStatus"], "VOIDED");
        assert_eq!(shop.findings().await, Vec::<String>::new());
    }

    async fn a_node_that_dies_while_it_calls_is_taken_over_and_asks_first(shop: Shop) {
        let shop = shop.at_rest();
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 1).await;
        let sale = till.buys(&shop, mug, "sandbox_approve").await;
        sale.cancels(&shop).await.ok();
        let provider = counting(Duration::from_secs(60));
        let house = House {
            gateways: provider.clone(),
            times: Times {
                lease: Duration::from_millis(100),
                gateway: Duration::from_secs(60),
                ..shop.app.house.times
            },
            ..shop.app.house.clone()
        };
        let dying = tokio::spawn({
            let house = house.clone();
            async move { completer::sweep(&house).await }
        });
        while provider.voids.load(Ordering::SeqCst) == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        dying.abort();
        tokio::time::sleep(Duration::from_millis(120)).await;
        completer::sweep(&house).await.expect("a sweep");
        assert_eq!(provider.voids.load(Ordering::SeqCst), 1, "it was asked, not sent again");
        assert_eq!(sale.read(&shop).await["paymentStatus"], "VOIDED");
        let sent = "payment_operations WHERE kind = 'void' AND state = 'succeeded' AND attempt_no = 1";
        assert_eq!(shop.count(sent).await, 1);
        assert_eq!(shop.count("money_entries WHERE account = 'authorized' AND amount_minor < 0").await, 1);
        assert_eq!(shop.findings().await, Vec::<String>::new());
    }

    async fn a_late_answer_of_a_node_that_lost_its_lease_counts_for_nothing(shop: Shop) {
        let shop = shop.at_rest();
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 1).await;
        let sale = till.buys(&shop, mug, "sandbox_approve").await;
        sale.cancels(&shop).await.ok();
        let provider = counting(Duration::from_millis(300));
        let house = House {
            gateways: provider.clone(),
            times: Times {
                lease: Duration::from_millis(50),
                ..shop.app.house.times
            },
            ..shop.app.house.clone()
        };
        let slow = tokio::spawn({
            let house = house.clone();
            async move { completer::sweep(&house).await }
        });
        while provider.voids.load(Ordering::SeqCst) == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        tokio::time::sleep(Duration::from_millis(80)).await;
        completer::sweep(&house).await.expect("a sweep");
        assert_eq!(sale.read(&shop).await["paymentStatus"], "VOIDED");
        slow.await.expect("it ends").expect("a sweep");
        assert_eq!(shop.count("money_entries WHERE account = 'authorized' AND amount_minor < 0").await, 1);
        let voided = "audit_entries WHERE action = 'payment.void'";
        assert_eq!(shop.count(voided).await, 1);
        assert_eq!(shop.findings().await, Vec::<String>::new());
    }

    async fn a_provider_that_is_not_set_up_leaves_the_request_on_the_list(shop: Shop) {
        let shop = shop.at_rest();
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 1).await;
        let sale = till.buys(&shop, mug, "sandbox_approve").await;
        sale.cancels(&shop).await.ok();
        struct Nobody;
        impl Gateways for Nobody {
            fn find(&self, _: &str) -> Option<&dyn Gateway> {
                None
            }
        }
        let house = House {
            gateways: Arc::new(Nobody),
            times: Times {
                lease: Duration::from_millis(20),
                ..shop.app.house.times
            },
            ..shop.app.house.clone()
        };
        completer::sweep(&house).await.expect("a sweep");
        assert_eq!(sale.read(&shop).await["paymentStatus"], json!("AUTHORIZED"));
        tokio::time::sleep(Duration::from_millis(30)).await;
        shop.settles_until(|| async { sale.read(&shop).await["paymentStatus"] == "VOIDED" }).await;
        assert_eq!(shop.findings().await, Vec::<String>::new());
    }
}
