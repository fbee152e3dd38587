//! The front door over HTTP: media types and status codes, what runs nothing, bounds, time-outs.

mod bounds;
mod connections;
mod cors;
mod faults;
mod front_door;
mod headers;
mod media;
mod storm;
mod time;
mod wire;
