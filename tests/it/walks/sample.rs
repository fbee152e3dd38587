//! A valid call of a command that can be made again and again.

use std::pin::Pin;
use std::sync::atomic::{AtomicU32, Ordering};

use rialto::kernel::caller::Caller;
use rialto::kernel::error::Stop;
use rialto::kernel::permission::Role;
use rialto::write::registry::Card;
use rialto::write::{Command, Door, Key};
use serde_json::Value;

use super::world::World;

/// The output, and whether it is the answer of an earlier run.
pub type Ran = Result<(Value, bool), Stop>;

type Running = Pin<Box<dyn Future<Output = Ran>>>;

static NEXT: AtomicU32 = AtomicU32::new(1);

/// A call of a command without its type.
pub struct Sample {
    /// What the command says about itself.
    pub card: Card,
    /// Who may make the call.
    pub caller: Caller,
    number: u32,
    run: Box<dyn Fn(Door, Caller, Key) -> Running>,
}

impl Sample {
    /// A call of the command that `make` gives, the same each time.
    pub fn of<C: Command>(caller: &Caller, make: impl Fn() -> C + 'static) -> Self {
        let run = move |door: Door, caller: Caller, key: Key| -> Running {
            let command = make();
            Box::pin(async move {
                let done = door.execute(&caller, Some(key), command).await?;
                let output = serde_json::to_value(done.output).expect("an output is JSON");
                Ok((output, done.replayed))
            })
        };
        Self {
            card: Card::of::<C>(),
            caller: caller.clone(),
            number: NEXT.fetch_add(1, Ordering::SeqCst),
            run: Box::new(run),
        }
    }

    /// Makes the call with a key of this name; each sample has keys of its own.
    pub async fn run(&self, world: &World, key: &str) -> Ran {
        self.run_as(world, &self.caller, key).await
    }

    /// The same as somebody else.
    pub async fn run_as(&self, world: &World, caller: &Caller, key: &str) -> Ran {
        let key = format!("{key}-{}", self.number);
        let key = Key::parse(&key).expect("a key");
        (self.run)(world.shop.app.door.clone(), caller.clone(), key).await
    }
}

/// One of our jobs in a role, so that it has an identity to keep keys under.
pub fn staff(role: Role) -> Caller {
    as_role(&Caller::system("walk"), role)
}

/// The same caller in another role.
pub fn as_role(caller: &Caller, role: Role) -> Caller {
    Caller {
        role,
        ..caller.clone()
    }
}
