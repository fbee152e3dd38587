//! Pictures of the demo's goods, drawn from their names, so that they show without a network.
//!
//! The name of a picture is a slug, perhaps with `_` and a color: `stoneware-mug_sea`. What the
//! slug speaks of decides what is drawn, the color (or a hash of the slug) how. The same name is
//! the same picture for ever. The name is checked, so that nothing in it can run.

use crate::kernel::secret::sha256_hex;

/// The picture of that name as SVG; nothing where the name has another form.
pub fn picture(name: &str) -> Option<String> {
    let plain = |one: u8| one.is_ascii_lowercase() || one.is_ascii_digit() || one == b'-';
    let (slug, color) = name.split_once('_').unwrap_or((name, ""));
    let bounded = (1..=220).contains(&slug.len()) && color.len() <= 40;
    if !bounded || !slug.bytes().all(plain) || !color.bytes().all(plain) {
        return None;
    }
    let palette = palette(slug, color);
    let [back, main, dark, light] = &palette;
    let shape = motif(slug)
        .replace("{main}", main)
        .replace("{dark}", dark)
        .replace("{light}", light);
    let title = slug.replace('-', " ");
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 400 400\" width=\"800\" \
         height=\"800\" role=\"img\"><title>{title}</title>\
         <rect width=\"400\" height=\"400\" fill=\"{back}\"/>\
         <ellipse cx=\"200\" cy=\"322\" rx=\"130\" ry=\"16\" fill=\"{dark}\" opacity=\"0.18\"/>\
         {shape}</svg>"
    ))
}

/// Background, main, dark and light color.
fn palette(slug: &str, color: &str) -> [String; 4] {
    let named = COLORS.iter().find(|(name, ..)| *name == color);
    let (hue, saturation, lightness) = match named {
        Some((_, hue, saturation, lightness)) => (*hue, *saturation, *lightness),
        None => (hue_of(slug), 38, 56),
    };
    let hsl = |hue: u32, saturation: u32, lightness: u32| {
        format!("hsl({hue} {saturation}% {}%)", lightness.min(97))
    };
    [
        hsl((hue_of(slug) + 40) % 360, 28, 92),
        hsl(hue, saturation, lightness),
        hsl(hue, saturation, lightness.saturating_sub(20)),
        hsl(hue, saturation, lightness + 18),
    ]
}

fn hue_of(slug: &str) -> u32 {
    let hash = sha256_hex(slug.as_bytes());
    let start = hash.get(..4).unwrap_or_default();
    u32::from_str_radix(start, 16).unwrap_or(0) % 360
}

/// Name, hue, saturation, lightness.
const COLORS: &[(&str, u32, u32, u32)] = &[
    ("sea", 198, 45, 48),
    ("sand", 36, 42, 72),
    ("slate", 215, 14, 40),
    ("white", 40, 20, 94),
    ("forest", 145, 35, 28),
    ("red", 4, 62, 48),
    ("natural", 38, 30, 80),
    ("rust", 16, 58, 45),
    ("ink", 224, 45, 24),
    ("grey", 210, 5, 60),
    ("moss", 80, 28, 40),
    ("tan", 28, 45, 52),
    ("black", 0, 0, 16),
    ("zinc", 205, 8, 70),
];

/// What is drawn, by a word in the slug; the first that fits.
const MOTIFS: &[(&[&str], &str)] = &[
    (&["mug", "cup", "teapot", "carafe"], CUP),
    (&["skillet", "saucepan", "pan"], PAN),
    (&["knife", "trowel", "shears", "mill"], TOOL),
    (
        &[
            "board", "rug", "poster", "towel", "napkins", "blanket", "calendar",
        ],
        SHEET,
    ),
    (&["plate", "clock", "mirror"], DISC),
    (&["lamp", "lantern"], LAMP),
    (&["candle"], CANDLE),
    (&["cushion"], CUSHION),
    (&["vase", "watering"], VASE),
    (&["shirt", "longsleeve", "sweater", "jacket", "vest"], SHIRT),
    (&["beanie"], BEANIE),
    (&["tote", "bag"], BAG),
    (&["belt"], BELT),
    (&["pot", "planter", "bed"], POT),
    (&["book", "notebook", "guide"], BOOK),
    (&["card"], CARD),
];

fn motif(slug: &str) -> &'static str {
    let says = |word: &&str| slug.split('-').any(|part| part == *word);
    let found = MOTIFS.iter().find(|(words, _)| words.iter().any(says));
    found.map_or(BOX, |(_, shape)| *shape)
}

const CUP: &str = r#"<path d="M260 170h30a44 44 0 0 1 0 88h-32" fill="none" stroke="{dark}" stroke-width="20"/><path d="M120 130h150l-10 160a30 30 0 0 1-30 28h-70a30 30 0 0 1-30-28z" fill="{main}"/><ellipse cx="195" cy="130" rx="75" ry="18" fill="{dark}"/><path d="M140 165l6 110" stroke="{light}" stroke-width="10" stroke-linecap="round"/>"#;
const PAN: &str = r#"<rect x="255" y="190" width="125" height="22" rx="11" fill="{dark}"/><path d="M60 180h210l-14 80a30 30 0 0 1-30 24H104a30 30 0 0 1-30-24z" fill="{main}"/><ellipse cx="165" cy="180" rx="105" ry="24" fill="{dark}"/><ellipse cx="165" cy="184" rx="82" ry="15" fill="{light}" opacity="0.5"/>"#;
const TOOL: &str = r#"<rect x="184" y="200" width="34" height="120" rx="16" fill="{dark}"/><path d="M201 60c34 40 34 100 17 140h-34c-17-40-17-100 17-140z" fill="{main}"/><path d="M201 84v104" stroke="{light}" stroke-width="8" stroke-linecap="round"/>"#;
const SHEET: &str = r#"<rect x="95" y="80" width="210" height="240" rx="8" fill="{main}"/><path d="M95 120h210M95 280h210" stroke="{light}" stroke-width="10"/><path d="M130 240l50-70 40 46 24-28 36 52z" fill="{dark}"/><circle cx="252" cy="160" r="16" fill="{light}"/>"#;
const DISC: &str = r#"<circle cx="200" cy="200" r="120" fill="{main}"/><circle cx="200" cy="200" r="86" fill="{light}"/><path d="M200 146v56l38 24" fill="none" stroke="{dark}" stroke-width="10" stroke-linecap="round"/>"#;
const LAMP: &str = r##"<path d="M200 40v70" stroke="{dark}" stroke-width="6"/><path d="M150 110h100l52 110H98z" fill="{main}"/><path d="M150 110l-24 110M200 110v110M250 110l24 110" stroke="{light}" stroke-width="5"/><ellipse cx="200" cy="222" rx="102" ry="14" fill="{dark}"/><circle cx="200" cy="240" r="22" fill="#fff3c4"/>"##;
const CANDLE: &str = r##"<path d="M200 70c26 34 22 58 0 66-22-8-26-32 0-66z" fill="#f5b942"/><path d="M200 130v22" stroke="{dark}" stroke-width="6"/><rect x="150" y="150" width="100" height="170" rx="12" fill="{main}"/><rect x="166" y="164" width="14" height="130" rx="7" fill="{light}"/>"##;
const CUSHION: &str = r#"<path d="M90 100q110 24 220 0 -24 110 0 220-110-24-220 0 24-110 0-220z" fill="{main}"/><path d="M120 130q80 16 160 0-16 80 0 160-80-16-160 0 16-80 0-160z" fill="none" stroke="{light}" stroke-width="6"/><circle cx="200" cy="210" r="9" fill="{dark}"/>"#;
const VASE: &str = r#"<path d="M200 140q-40-60-20-100M200 140q30-50 60-70M200 140V50" fill="none" stroke="hsl(120 25% 40%)" stroke-width="7"/><path d="M170 130h60l-6 40c50 30 60 120 20 150h-88c-40-30-30-120 20-150z" fill="{main}"/><path d="M158 210q-12 50 6 86" fill="none" stroke="{light}" stroke-width="9" stroke-linecap="round"/><ellipse cx="200" cy="130" rx="30" ry="8" fill="{dark}"/>"#;
const SHIRT: &str = r#"<path d="M150 80l-80 50 28 56 34-18v150h136V168l34 18 28-56-80-50a52 40 0 0 1-100 0z" fill="{main}"/><path d="M150 80a52 40 0 0 0 100 0" fill="none" stroke="{dark}" stroke-width="10"/><path d="M132 290h136" stroke="{light}" stroke-width="8"/>"#;
const BEANIE: &str = r#"<circle cx="200" cy="92" r="26" fill="{light}"/><path d="M100 250c0-190 200-190 200 0z" fill="{main}"/><path d="M150 150v100M200 130v120M250 150v100" stroke="{light}" stroke-width="7"/><rect x="86" y="240" width="228" height="60" rx="20" fill="{dark}"/>"#;
const BAG: &str = r#"<path d="M150 160v-30a50 50 0 0 1 100 0v30" fill="none" stroke="{dark}" stroke-width="14"/><path d="M100 150h200l16 170H84z" fill="{main}"/><path d="M112 190h176" stroke="{light}" stroke-width="8"/>"#;
const BELT: &str = r#"<circle cx="200" cy="200" r="100" fill="none" stroke="{main}" stroke-width="40"/><circle cx="200" cy="200" r="100" fill="none" stroke="{light}" stroke-width="3" stroke-dasharray="8 8"/><rect x="166" y="268" width="68" height="66" rx="8" fill="none" stroke="{dark}" stroke-width="14"/>"#;
const POT: &str = r#"<path d="M200 180c-60-20-80-70-70-110 50 10 76 50 70 110zM200 180c60-20 80-70 70-110-50 10-76 50-70 110zM200 180V70" fill="hsl(130 28% 46%)" stroke="hsl(130 28% 34%)" stroke-width="5"/><rect x="104" y="176" width="192" height="40" rx="6" fill="{dark}"/><path d="M118 216h164l-20 104H138z" fill="{main}"/><path d="M146 236l10 64" stroke="{light}" stroke-width="9" stroke-linecap="round"/>"#;
const BOOK: &str = r#"<rect x="116" y="76" width="176" height="246" rx="6" fill="{light}"/><rect x="106" y="70" width="176" height="246" rx="6" fill="{main}"/><rect x="106" y="70" width="26" height="246" rx="6" fill="{dark}"/><path d="M156 130h96M156 152h64" stroke="{light}" stroke-width="10" stroke-linecap="round"/><circle cx="206" cy="236" r="30" fill="{light}" opacity="0.7"/>"#;
const CARD: &str = r#"<rect x="70" y="120" width="260" height="170" rx="16" fill="{main}"/><path d="M70 190h260M150 120v170" stroke="{light}" stroke-width="14"/><path d="M150 190c-50-60-10-80 0 0 10-80 50-60 0 0z" fill="{dark}"/>"#;
const BOX: &str = r#"<path d="M200 80l110 56v120l-110 60-110-60V136z" fill="{main}"/><path d="M200 80l110 56-110 58-110-58z" fill="{light}"/><path d="M200 194v122" stroke="{dark}" stroke-width="6"/>"#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_the_same_for_ever_and_differs_by_name_and_color() {
        let mug = picture("stoneware-mug").unwrap();
        assert_eq!(mug, picture("stoneware-mug").unwrap());
        assert_ne!(mug, picture("stoneware-mug_sea").unwrap());
        assert_ne!(mug, picture("wool-beanie").unwrap());
        assert!(mug.starts_with("<svg ") && mug.ends_with("</svg>"));
        assert!(!mug.contains('{'));
    }

    #[test]
    fn a_name_of_another_form_has_no_picture() {
        let long = "a".repeat(221);
        for name in [
            "", "A", "a/b", "a.b", "<b>", "a b", "a_b_c", "ä", "_sea", &long,
        ] {
            assert!(picture(name).is_none(), "{name}");
        }
    }
}
