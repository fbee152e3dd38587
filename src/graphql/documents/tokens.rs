//! Counts the tokens of a text without parsing it, and stops at the first too many.
//!
//! The parser builds a tree of what it reads, a few hundred bytes a token; this builds nothing.
//! Deliberately absent: whether the tokens make a document. What is no token at all counts as one,
//! and the parser says what is wrong with it.

/// How many tokens the text has; nothing where they are more than `most`.
pub(super) fn count(text: &str, most: usize) -> Option<usize> {
    let mut rest = text.as_bytes();
    for tokens in 0..=most {
        rest = skip(rest);
        if rest.is_empty() {
            return Some(tokens);
        }
        rest = &rest[token(rest).min(rest.len())..];
    }
    None
}

/// Leaves out what is between tokens: white space, commas, comments, a byte order mark.
fn skip(mut rest: &[u8]) -> &[u8] {
    loop {
        rest = match rest {
            [b' ' | b'\t' | b'\n' | b'\r' | b',', after @ ..] => after,
            [0xEF, 0xBB, 0xBF, after @ ..] => after,
            [b'#', ..] => {
                let end = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
                &rest[end.unwrap_or(rest.len())..]
            }
            _ => return rest,
        };
    }
}

/// The length of the token that the text, which is not empty, begins with.
fn token(text: &[u8]) -> usize {
    match text {
        [b'"', b'"', b'"', after @ ..] => 3 + block(after),
        [b'"', after @ ..] => 1 + string(after),
        [b'.', b'.', b'.', ..] => 3,
        [first, ..] if is_word(*first) => {
            let inside = |pair: &[u8]| match pair {
                // The point of a number stands before a digit.
                [b'.', next] => next.is_ascii_digit(),
                [byte, ..] => is_word(*byte),
                [] => false,
            };
            let pairs = (1..text.len()).map(|at| &text[at..text.len().min(at + 2)]);
            1 + pairs.take_while(|pair| inside(pair)).count()
        }
        _ => 1,
    }
}

/// Letters, digits and what else stands in names and numbers.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+')
}

/// The length of a string after its opening quote, the closing one included.
fn string(text: &[u8]) -> usize {
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        at += match byte {
            b'\\' => 2,
            b'"' | b'\n' | b'\r' => return at + 1,
            _ => 1,
        };
    }
    text.len()
}

/// The length of a block string after its opening quotes, the closing ones included.
fn block(text: &[u8]) -> usize {
    let mut at = 0;
    while at < text.len() {
        at += match &text[at..] {
            [b'\\', b'"', b'"', b'"', ..] => 4,
            [b'"', b'"', b'"', ..] => return at + 3,
            _ => 1,
        };
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    fn check(text: &str, tokens: usize) {
        assert_eq!(count(text, 100), Some(tokens), "{text}");
        assert_eq!(count(text, tokens), Some(tokens), "{text}");
        assert!(tokens == 0 || count(text, tokens - 1).is_none(), "{text}");
    }

    #[test]
    fn tokens_are_counted_as_the_specification_has_them() {
        check("", 0);
        check(" ,, # only a comment", 0);
        check("\u{feff}{ a }", 3);
        check("{ a(b: -1.5e+3) ...c @d }", 12);
        check("a...b", 3);
        check(r#"{ a(b: "x \" } { y", c: """ z " \""" } """) }"#, 11);
        check("{a#b c d\n}", 3);
        check("$v!=[&|]", 8);
        check("\"open", 1);
        check("\"\"\"open \"\"", 1);
    }

    #[test]
    fn four_megabytes_of_tokens_are_left_at_the_first_too_many() {
        let text = "a ".repeat(2 * 1024 * 1024);
        let begun = Instant::now();
        assert_eq!(count(&text, 10_000), None);
        assert!(begun.elapsed().as_millis() < 500);
    }
}
