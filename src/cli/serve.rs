//! `serve`: the built-in engine behind the documented API, until somebody interrupts it.

use secrecy::{ExposeSecret as _, SecretString};

use super::arguments::Serve;
use super::console::{complain, is_whole, print};
use super::exit::Exit;
use crate::studio;
use crate::studio::sentence;

pub(super) fn run(asked: Serve) -> Exit {
    let key = asked.key.map(SecretString::from);
    let served = match studio::Served::start(asked.port, key, asked.rate) {
        Ok(served) => served,
        Err(error) => {
            complain(format_args!("{}.", sentence(&error)));
            return Exit::Unexpected;
        }
    };
    print(format_args!("Address: {}", served.base_url()));
    print(format_args!("Key:     {}", served.key().expose_secret()));
    if !is_whole() {
        // Nobody can use what nobody can find.
        return Exit::Unexpected;
    }
    complain("Send the key in the header Ocp-Apim-Subscription-Key. Ctrl+C ends it.");
    served.until_interrupted();
    Exit::Done
}
