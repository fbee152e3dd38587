//! Content codings (RFC 9110, 12.5.3) of answers that are given again: packed once, for all who take
//! them packed. What is made for one request only, a layer compresses (`router`).

use std::io::Write;

use axum::http::{HeaderMap, header};
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;

use super::caller;
use super::negotiate::weight;
use super::router::WORTH_COMPRESSING;

/// Of 0 to 11. From here on an answer gets little smaller and takes many times as long.
const BROTLI: u32 = 5;
/// The window that encoders of small texts take: 4 MB, as a power of two.
const WINDOW: u32 = 22;
/// What is written at a time.
const BUFFER: usize = 4 * 1024;

/// A coding that we pack answers in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    /// Smaller.
    Brotli,
    /// What everybody takes.
    Gzip,
}

impl Coding {
    /// The one that a client likes best; nothing where it takes none of them by name.
    pub fn wanted(headers: &HeaderMap) -> Option<Self> {
        let accept = caller::list(headers, header::ACCEPT_ENCODING)?;
        let weighed = accept.split(',').filter_map(|one| {
            let (name, rest) = one.split_once(';').unwrap_or((one, ""));
            let coding = Self::called(name.trim())?;
            Some((quality(rest)?, coding == Self::Brotli, coding))
        });
        let best = weighed.max_by_key(|(weight, is_smaller, _)| (*weight, *is_smaller));
        best.filter(|(weight, ..)| *weight > 0)
            .map(|(.., coding)| coding)
    }

    fn called(name: &str) -> Option<Self> {
        if name.eq_ignore_ascii_case("br") {
            Some(Self::Brotli)
        } else {
            name.eq_ignore_ascii_case("gzip").then_some(Self::Gzip)
        }
    }

    /// The value of `Content-Encoding`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }

    /// Packs an answer; nothing where it is small or gets no smaller than half.
    pub fn pack(self, plain: &[u8]) -> Option<Bytes> {
        if plain.len() as u64 <= WORTH_COMPRESSING {
            return None;
        }
        let packed = match self {
            Self::Brotli => {
                let mut writer = brotli::CompressorWriter::new(Vec::new(), BUFFER, BROTLI, WINDOW);
                writer.write_all(plain).ok()?;
                writer.into_inner()
            }
            Self::Gzip => {
                let mut writer = GzEncoder::new(Vec::new(), Compression::default());
                writer.write_all(plain).ok()?;
                writer.finish().ok()?
            }
        };
        (packed.len() <= plain.len() / 2).then(|| packed.into())
    }
}

/// The weight among the parameters of a coding; nothing where they are none.
fn quality(parameters: &str) -> Option<u16> {
    if parameters.trim().is_empty() {
        return Some(1000);
    }
    let (name, value) = parameters.split_once('=')?;
    let value = weight(value.trim())?;
    name.trim().eq_ignore_ascii_case("q").then_some(value)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use axum::http::HeaderValue;
    use flate2::read::GzDecoder;

    use super::*;

    #[test]
    fn a_client_gets_what_it_likes_best_of_ours() {
        for (accept, coding) in [
            ("gzip, deflate, br, zstd", Some(Coding::Brotli)),
            ("br, gzip, deflate", Some(Coding::Brotli)),
            ("gzip, deflate", Some(Coding::Gzip)),
            ("GZIP", Some(Coding::Gzip)),
            ("gzip, br;q=0.5", Some(Coding::Gzip)),
            ("gzip;q=0.4, br; q=0.5", Some(Coding::Brotli)),
            ("gzip;q=0, br;q=0.0", None),
            ("gzip;q=0, br;q=0.001", Some(Coding::Brotli)),
            ("gzip;q=2, br;x=1", None),
            ("deflate", None),
            ("identity", None),
            ("*", None),
            ("", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(accept));
            assert_eq!(Coding::wanted(&headers), coding, "{accept}");
        }
        assert_eq!(Coding::wanted(&HeaderMap::new()), None);
    }

    #[test]
    fn what_is_packed_is_the_same_unpacked() {
        let plain = "{\"data\":{\"products\":[]}}".repeat(200).into_bytes();
        let gzip = Coding::Gzip.pack(&plain).unwrap();
        let mut unpacked = Vec::new();
        GzDecoder::new(&*gzip).read_to_end(&mut unpacked).unwrap();
        assert_eq!(unpacked, plain);
        let packed = Coding::Brotli.pack(&plain).unwrap();
        let mut unpacked = Vec::new();
        let mut reader = brotli::Decompressor::new(&*packed, BUFFER);
        reader.read_to_end(&mut unpacked).unwrap();
        assert_eq!(unpacked, plain);
        assert!(gzip.len() < plain.len() / 10 && packed.len() < gzip.len());
    }

    #[test]
    fn what_gets_no_smaller_is_left_as_it_is() {
        let mut state = 1_u32;
        let noise = std::iter::repeat_with(|| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state.to_be_bytes()[0]
        });
        let noise: Vec<u8> = noise.take(4_000).collect();
        for coding in [Coding::Brotli, Coding::Gzip] {
            assert_eq!(coding.pack(&noise), None);
            assert_eq!(coding.pack(&[b'a'; 1_000]), None);
        }
    }
}
