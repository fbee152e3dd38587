//! Signing in with a cart in hand: `account.sign_in`, then `cart.claim`.
//!
//! Two transactions without a row in `processes`: each stands by itself, and a claim that did not
//! come about can be asked for again. So a cart that cannot be claimed never keeps anybody out.

use crate::domain::access::commands::SignIn;
use crate::domain::access::commands::sign_in::SignedIn;
use crate::domain::access::grant::Grant;
use crate::domain::cart::commands::{CartClaim, CartClaimed};
use crate::domain::cart::store;
use crate::kernel::caller::{Actor, Caller};
use crate::kernel::error::{Fault, Refused, Stop};
use crate::kernel::secret::SecretHash;
use crate::write::Door;

/// How it went.
#[derive(Debug)]
pub struct Entrance {
    /// Whether they are in.
    pub signed_in: SignedIn,
    /// The cart that is theirs now.
    pub cart: Option<CartClaimed>,
    /// Why the cart is not.
    pub unclaimed: Vec<Refused>,
}

/// Signs in; who enters as a customer takes over the cart that the caller's secret opens, if
/// `claim` says so.
pub async fn sign_in(
    door: &Door,
    caller: &Caller,
    command: SignIn,
    claim: bool,
) -> Result<Entrance, Stop> {
    let secret = match (claim, &caller.cart_secret) {
        (true, None) => {
            let message = "To claim a cart, send its secret in X-Cart-Token.";
            return Err(Refused::invalid("input.claimCart", message).into());
        }
        (true, secret) => secret.clone(),
        (false, _) => None,
    };
    let signed_in = door.execute(caller, None, command).await?.output;
    let mut entrance = Entrance {
        signed_in,
        cart: None,
        unclaimed: Vec::new(),
    };
    if let (SignedIn::Entered(grant), Some(secret)) = (signed_in, secret) {
        match take_over(door, caller, &grant, &secret).await {
            Ok(cart) => entrance.cart = Some(cart),
            Err(stop) => entrance.unclaimed = told(stop),
        }
    }
    Ok(entrance)
}

async fn take_over(
    door: &Door,
    caller: &Caller,
    grant: &Grant,
    secret: &SecretHash,
) -> Result<CartClaimed, Stop> {
    let bearer = grant.bearer();
    let owner = Caller {
        actor: bearer.actor(),
        role: bearer.role,
        session: bearer.session,
        ..caller.clone()
    };
    let cart = store::opened_by(&door.reader(), secret).await?;
    let (Some(cart), Actor::Customer(_)) = (cart, &owner.actor) else {
        return Err(Refused::not_found("input.claimCart", "cart").into());
    };
    let claim = CartClaim {
        cart,
        expected_version: None,
    };
    Ok(door.execute(&owner, None, claim).await?.output)
}

/// Why the cart was not claimed, as the client is told beside its tokens.
fn told(stop: Stop) -> Vec<Refused> {
    let later = |fault: Fault| {
        tracing::warn!(?fault, "a cart was not claimed at sign-in");
        let message = "The cart could not be claimed now; call cartClaim.";
        Refused::new(fault.code(), message)
    };
    let refused = match stop {
        Stop::Refused(refused) => refused,
        Stop::Stale => vec![later(Fault::Busy)],
        Stop::Fault(fault) => vec![later(fault)],
    };
    let at = |refused: Refused| refused.at("input.claimCart");
    refused.into_iter().map(at).collect()
}
