//! Card numbers do not belong here: no text of ours keeps one (PCI DSS).

/// Whether the text holds a card number: a run of 13 to 19 digits, perhaps grouped by spaces or
/// hyphens, whose check digit (Luhn) is right.
pub fn is_in(text: &str) -> bool {
    let mut run = Vec::new();
    for one in text.chars().chain(['.']) {
        match one.to_digit(10) {
            Some(digit) => run.push(digit),
            None if matches!(one, ' ' | '-') => {}
            None => {
                if is_card(&run) {
                    return true;
                }
                run.clear();
            }
        }
    }
    false
}

fn is_card(digits: &[u32]) -> bool {
    (13..=19).contains(&digits.len()) && luhn(digits)
}

fn luhn(digits: &[u32]) -> bool {
    let weigh = |(place, digit): (usize, &u32)| match (place % 2, digit * 2) {
        (0, _) => *digit,
        (_, doubled) if doubled > 9 => doubled - 9,
        (_, doubled) => doubled,
    };
    let sum: u32 = digits.iter().rev().enumerate().map(weigh).sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_number_is_seen_in_any_text() {
        for text in [
            "4111111111111111",
            "card 4111 1111 1111 1111, thanks",
            "4111-1111-1111-1111",
            "378282246310005",
        ] {
            assert!(is_in(text), "{text}");
        }
        for text in [
            "",
            "4111111111111112",
            "order R1001 of 2026-11-21",
            "123456789012",
            "a customer changed their mind",
        ] {
            assert!(!is_in(text), "{text}");
        }
    }
}
