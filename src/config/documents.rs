//! The files of the documents that a shop trusts.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Endings of files that hold documents.
const ENDINGS: &[&str] = &["json", "graphql", "gql"];

/// Reads a file, or the files right in a folder: names and contents, in the order of their names.
pub fn documents(path: &Path) -> io::Result<Vec<(String, String)>> {
    let mut paths: Vec<PathBuf> = if path.is_dir() {
        let entries = fs::read_dir(path)?.map(|entry| entry.map(|entry| entry.path()));
        let mut files = entries.collect::<io::Result<Vec<_>>>()?;
        files.retain(|file| {
            let ending = file.extension().and_then(|ending| ending.to_str());
            ending.is_some_and(|ending| ENDINGS.contains(&ending))
        });
        files
    } else {
        vec![path.to_owned()]
    };
    paths.sort();
    let read = |path: PathBuf| {
        let content = fs::read_to_string(&path)?;
        Ok((path.display().to_string(), content))
    };
    paths.into_iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_gives_its_documents_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.graphql", "a.json", "notes.txt"] {
            fs::write(folder.path().join(name), name).unwrap();
        }
        let contents = |path: &Path| -> Vec<String> {
            let files = documents(path).unwrap();
            files.into_iter().map(|(_, content)| content).collect()
        };
        assert_eq!(contents(folder.path()), ["a.json", "b.graphql"]);
        assert_eq!(contents(&folder.path().join("a.json")), ["a.json"]);
        assert!(documents(&folder.path().join("none")).is_err());
    }
}
