//! What the page for the CDN asks of others.

use super::{CDN_POLICY, Plain};

/// The tags of the page that load something, with their attributes.
fn loads(html: &str) -> Vec<&str> {
    let tags = html.split('<').filter_map(|rest| rest.split('>').next());
    tags.filter(|tag| tag.contains("https://")).collect()
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!("{name}=\""))?;
    Some(rest.split('"').next().unwrap_or(rest))
}

#[test]
fn what_comes_from_elsewhere_has_its_version_and_its_hash_and_is_in_the_policy() {
    let file = Plain::get("cdn.html").unwrap();
    let html = std::str::from_utf8(&file.data).unwrap();
    let loads = loads(html);
    assert_eq!(loads.len(), 5, "{loads:#?}");
    for tag in loads {
        let url = attribute(tag, "src").or(attribute(tag, "href")).unwrap();
        let hash = attribute(tag, "integrity").unwrap();
        assert!(hash.starts_with("sha384-") && hash.len() == 71, "{tag}");
        assert_eq!(attribute(tag, "crossorigin"), Some("anonymous"), "{tag}");
        let version = url.rsplit_once('@').unwrap().1.split('/').next().unwrap();
        assert_eq!(version.split('.').count(), 3, "{url}");
        let folder = CDN_POLICY
            .split([' ', ';'])
            .find(|one| one.starts_with("https://") && one.ends_with('/') && url.starts_with(*one));
        assert!(folder.is_some(), "{url} is not in {CDN_POLICY}");
    }
}

#[test]
fn no_script_stands_in_the_page() {
    let file = Plain::get("cdn.html").unwrap();
    let html = std::str::from_utf8(&file.data).unwrap();
    let scripts: Vec<_> = html.split("<script").skip(1).collect();
    assert_eq!(scripts.len(), 5);
    for script in scripts {
        let (tag, rest) = script.split_once('>').unwrap();
        assert!(
            tag.contains("src=") && rest.starts_with("</script>"),
            "{script}"
        );
    }
    assert!(!CDN_POLICY.contains("unsafe-eval") && !html.contains(" onload="));
}
