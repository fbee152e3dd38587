//! Payments: what finance asks for, and what providers answer.

mod capture;
mod notice;
mod settle;
