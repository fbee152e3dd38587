//! Runs the binary in a folder of its own, with nothing of our environment.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use sea_orm::{ConnectionTrait, Database};

use crate::harness::database::{Engine, Throwaway};

/// A terminal in an empty folder, before an empty database.
pub struct Terminal {
    pub engine: Engine,
    pub folder: tempfile::TempDir,
    /// None: the default, in the folder.
    url: Option<String>,
}

/// What a command came to.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// A server that was started by the command line.
pub struct Serving {
    child: Child,
    pub lines: Vec<String>,
    pub url: String,
    log: Option<PathBuf>,
}

/// Runs a test before an empty database; skips PostgreSQL where none answers.
pub fn on(engine: Engine, body: impl FnOnce(&Terminal)) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let Some(database) = runtime.block_on(Throwaway::empty(engine)) else {
        eprintln!("no PostgreSQL answers: skipped");
        return;
    };
    let terminal = Terminal {
        engine,
        folder: tempfile::tempdir().expect("a folder"),
        url: Some(database.url.clone()),
    };
    body(&terminal);
    runtime.block_on(database.remove());
}

impl Terminal {
    /// In an empty folder, with the default database.
    pub fn bare() -> Self {
        Self {
            engine: Engine::Sqlite,
            folder: tempfile::tempdir().expect("a folder"),
            url: None,
        }
    }

    fn command(&self, words: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rialto"));
        command
            .args(words.split_whitespace())
            .current_dir(self.folder.path())
            .env_clear()
            .env("RIALTO_LISTEN", "127.0.0.1:0")
            .env("RIALTO_ARGON2_MEMORY_KIB", "8")
            .env("RIALTO_SQLITE_DURABLE", "false")
            .env("RIALTO_SANDBOX", "true");
        if let Some(url) = &self.url {
            command.env("DATABASE_URL", url);
        }
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, words: &str) -> Ran {
        self.run_with(words, &[])
    }

    /// The same, with more variables.
    pub fn run_with(&self, words: &str, variables: &[(&str, &str)]) -> Ran {
        let output = self
            .command(words)
            .envs(variables.iter().copied())
            .output()
            .expect("the binary runs");
        Ran {
            code: output.status.code().expect("it ended by itself"),
            out: String::from_utf8(output.stdout).expect("text"),
            err: String::from_utf8(output.stderr).expect("text"),
        }
    }

    /// Runs a command that must succeed; gives its output.
    #[track_caller]
    pub fn ok(&self, words: &str) -> String {
        let ran = self.run(words);
        assert_eq!(ran.code, 0, "{words}: {}{}", ran.out, ran.err);
        ran.out
    }

    /// Starts the server and waits until it has said where it is.
    pub fn serve(&self, words: &str) -> Serving {
        self.serve_with(words, &[])
    }

    /// The same, with more variables.
    pub fn serve_with(&self, words: &str, variables: &[(&str, &str)]) -> Serving {
        let mut command = self.command(words);
        command.envs(variables.iter().copied());
        Self::serving(command.stderr(Stdio::inherit()))
    }

    /// The same, with its log in a file.
    pub fn serve_logged(&self, words: &str, variables: &[(&str, &str)]) -> Serving {
        let path = self.folder.path().join("log");
        let log = std::fs::File::create(&path).expect("a file");
        let mut command = self.command(words);
        command.envs(variables.iter().copied()).stderr(log);
        let mut serving = Self::serving(&mut command);
        serving.log = Some(path);
        serving
    }

    fn serving(command: &mut Command) -> Serving {
        let child = command.stdout(Stdio::piped()).spawn();
        let mut child = child.expect("the binary runs");
        let out = BufReader::new(child.stdout.take().expect("its output"));
        let mut lines = Vec::new();
        for line in out.lines() {
            let line = line.expect("text");
            let last = line.starts_with("Stop with");
            lines.push(line);
            if last {
                break;
            }
        }
        let address = lines.iter().find_map(|line| line.split_once("http://"));
        let (_, address) = address.expect("an address");
        let url = format!("http://{}", address.split('/').next().unwrap_or(address));
        Serving {
            child,
            lines,
            url,
            log: None,
        }
    }

    /// What a server writes to standard error until it is told to stop.
    pub fn log(&self, words: &str, variables: &[(&str, &str)]) -> String {
        let mut child = self
            .command(words)
            .envs(variables.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary runs");
        let out = BufReader::new(child.stdout.take().expect("its output"));
        let stands = |line: &Result<String, _>| {
            line.as_ref()
                .is_ok_and(|line| line.starts_with("Stop with"))
        };
        assert!(out.lines().any(|line| stands(&line)), "it never served");
        let told = Command::new("kill").arg(child.id().to_string()).status();
        assert!(told.expect("kill runs").success());
        let output = child.wait_with_output().expect("it ends");
        String::from_utf8(output.stderr).expect("text")
    }

    /// A file in the folder.
    pub fn file(&self, name: &str, text: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).expect("written");
        path
    }

    /// Changes rows behind the program's back.
    pub fn tamper(&self, statements: &[&str]) {
        let url = self.url.clone().expect("a named database");
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(async {
            let database = Database::connect(url).await.expect("a connection");
            for sql in statements {
                database.execute_unprepared(sql).await.expect(sql);
            }
            database.close().await.expect("closed");
        });
    }
}

impl Serving {
    /// Asks it to stop, as an operator does, and gives its exit code.
    pub fn stop(self) -> i32 {
        self.tell_to_stop();
        self.ended()
    }

    /// Asks it to stop.
    pub fn tell_to_stop(&self) {
        let told = Command::new("kill")
            .arg(self.child.id().to_string())
            .status();
        assert!(told.expect("kill runs").success());
    }

    /// Waits for its end, and gives its exit code.
    pub fn ended(mut self) -> i32 {
        let status = self.child.wait().expect("it ends");
        status.code().expect("it ended by itself")
    }

    /// Stops it and gives what it has logged.
    pub fn stop_and_read(mut self) -> String {
        let path = self.log.take().expect("started with a log");
        assert_eq!(self.stop(), 0);
        std::fs::read_to_string(path).expect("a log")
    }

    /// The answer to a query with these headers.
    pub fn ask_as(&self, query: &str, headers: &[(&str, &str)]) -> serde_json::Value {
        let url = format!("{}/graphql", self.url);
        let body = serde_json::json!({ "query": query });
        block_on(async {
            let mut request = reqwest::Client::new().post(url).json(&body);
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            let answer = request.send().await.expect("an answer");
            answer.json().await.expect("JSON")
        })
    }

    /// The answer to a GET.
    pub fn get(&self, path: &str) -> (u16, String) {
        get(&format!("{}{path}", self.url))
    }

    /// The answer to a query.
    pub fn ask(&self, query: &str, token: Option<&str>) -> serde_json::Value {
        let url = format!("{}/graphql", self.url);
        let body = serde_json::json!({ "query": query });
        block_on(async {
            let mut request = reqwest::Client::new().post(url).json(&body);
            if let Some(token) = token {
                request = request.bearer_auth(token);
            }
            let answer = request.send().await.expect("an answer");
            answer.json().await.expect("JSON")
        })
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

/// The answer to a GET.
pub fn get(url: &str) -> (u16, String) {
    block_on(async {
        let answer = reqwest::get(url).await.expect("an answer");
        (answer.status().as_u16(), answer.text().await.expect("text"))
    })
}

fn block_on<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Runtime::new()
        .expect("a runtime")
        .block_on(work)
}

/// A file among the fixtures.
pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/shopify")
        .join(name)
}
