//! Who sees what: for each permission one function that guards, and one that hides.
//!
//! Both derive from the same line below, so what a role may not use is not in its introspection.
//! On a field they stand side by side: `guard = "gate::order_cancel", visible = "see::order_cancel"`.

macro_rules! gates {
    ($($name:ident = $permission:ident $(in $place:ident)?;)+) => {
        /// Guards: a caller without the permission gets FORBIDDEN.
        pub(super) mod gate {
            use async_graphql::{Context, Error};

            use crate::graphql::context::call;
            use crate::graphql::error::AppError;
            use crate::kernel::error::Fault;
            use crate::kernel::permission::Permission;

            $(
                pub fn $name(ctx: &Context<'_>) -> Result<(), Error> {
                    let refuse = |fault: Fault| Error::from(AppError::from(fault));
                    let call = call(ctx).map_err(refuse)?;
                    $(if !call.$place {
                        return Err(refuse(Fault::Forbidden(Permission::$permission.as_str())));
                    })?
                    call.may(Permission::$permission).map_err(refuse)
                }
            )+
        }

        /// Visibility: without the permission it does not exist.
        pub(super) mod see {
            use async_graphql::Context;

            use crate::graphql::context::call;
            use crate::kernel::permission::Permission;

            $(
                pub fn $name(ctx: &Context<'_>) -> bool {
                    call(ctx).is_ok_and(|call| {
                        call.role().may(Permission::$permission) $(&& call.$place)?
                    })
                }
            )+
        }
    };
}

gates! {
    channel_manage = ChannelManage;
    account_manage = AccountManage;
    key_manage = KeyManage;
    self_manage = SelfManage;
    customer_self = CustomerSelf;
    customer_read = CustomerRead;
    catalog_read = CatalogRead;
    catalog_manage = CatalogManage;
    product_publish = ProductPublish;
    price_manage = PriceManage;
    stock_read = StockRead;
    stock_manage = StockManage;
    location_manage = LocationManage;
    tax_read = TaxRead;
    tax_manage = TaxManage;
    delivery_manage = DeliveryManage;
    cart_own = CartOwn;
    cart_read = CartRead;
    order_own = OrderOwn;
    order_read = OrderRead;
    order_cancel = OrderCancel;
    order_hold = OrderHold;
    order_confirm = OrderConfirm;
    payment_read = PaymentRead;
    payment_capture = PaymentCapture;
    payment_mark_paid = PaymentMarkPaid;
    fulfillment_manage = FulfillmentManage;
    audit_read = AuditRead;
    sandbox_clock = SandboxClock in sandbox;
}
