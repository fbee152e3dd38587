//! The key of the installation: from the settings, from its file, or made by the sandbox.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};
use rand::TryRngCore;
use rand::rngs::OsRng;

use super::Settings;
use crate::kernel::secret::SecretKey;

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// Outside the sandbox nothing is made up.
    #[error(
        "secret_key: outside the sandbox a key is needed: set RIALTO_SECRET_KEY to 32 bytes in hex \
         (`openssl rand -hex 32`), or put them into {}", .0.display()
    )]
    Missing(PathBuf),
    /// The file holds something else.
    #[error("secret_key_file: {} does not hold 32 bytes in hex or base64", .0.display())]
    Malformed(PathBuf),
    /// The file cannot be read or written.
    #[error("secret_key_file: {}: {source}", path.display())]
    Io {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The machine has no randomness to give.
    #[error("secret_key: the system gives no random bytes")]
    NoRandomness,
}

/// The key to use; the sandbox makes one, readable by its owner only, where there is none.
pub fn secret_key(settings: &Settings) -> Result<SecretKey, KeyError> {
    if let Some(key) = &settings.secret_key {
        return Ok(key.clone());
    }
    let path = settings.secret_key_file.as_path();
    match fs::read_to_string(path) {
        Ok(text) => parse_key(text.trim()).ok_or_else(|| KeyError::Malformed(path.to_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound && settings.sandbox => {
            make(path).or_else(|error| {
                // Another process may have made it meanwhile.
                let text = fs::read_to_string(path).ok();
                text.and_then(|text| parse_key(text.trim())).ok_or(error)
            })
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(KeyError::Missing(path.to_owned()))
        }
        Err(error) => Err(failed(path, error)),
    }
}

/// 32 bytes in hex or base64.
pub(super) fn parse_key(text: &str) -> Option<SecretKey> {
    let hex = HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok();
    let base64 = [STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD]
        .iter()
        .find_map(|alphabet| alphabet.decode(text).ok());
    let whole = |bytes: Vec<u8>| <[u8; 32]>::try_from(bytes).ok();
    hex.and_then(whole)
        .or_else(|| base64.and_then(whole))
        .map(SecretKey::new)
}

fn make(path: &Path) -> Result<SecretKey, KeyError> {
    let mut bytes = [0; 32];
    OsRng
        .try_fill_bytes(&mut bytes)
        .map_err(|_| KeyError::NoRandomness)?;
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
    }
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let text = format!("{}\n", HEXLOWER.encode(&bytes));
    options
        .open(path)
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .map_err(|error| failed(path, error))?;
    Ok(SecretKey::new(bytes))
}

fn failed(path: &Path, source: io::Error) -> KeyError {
    KeyError::Io {
        path: path.to_owned(),
        source,
    }
}
