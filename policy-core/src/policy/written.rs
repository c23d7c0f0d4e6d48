//! The text of a policy, and its document, which is read once.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use crate::document::Document;

/// The text of a policy, whose structure has been verified. A clone shares it.
#[derive(Clone)]
pub(super) enum Written {
    /// A constant of `policy!`: JSON without whitespace. It has no place for a document, since a constant that is
    /// borrowed for `'static` cannot change.
    Constant(&'static str),
    /// Behind a trait, since the document that is read later is nothing that changes to those who see the policy: Clippy would
    /// warn of each policy that is the key of a map (`mutable_key_type`).
    Shared(Arc<dyn Readable>),
}

/// Text and what is read from it.
pub(super) trait Readable: Send + Sync {
    /// The text as written.
    fn text(&self) -> &str;
    /// Whether the text is what [`Document::to_json`] writes: JSON without whitespace.
    fn is_json(&self) -> bool;
    /// The document that the text is read as.
    fn document(&self) -> &Document<'static>;
}

struct Shared {
    text: String,
    is_json: bool,
    /// Empty until it is needed: a rendered template is mostly sent and never looked at.
    document: OnceLock<Document<'static>>,
}

impl Readable for Shared {
    fn text(&self) -> &str {
        &self.text
    }

    fn is_json(&self) -> bool {
        self.is_json
    }

    fn document(&self) -> &Document<'static> {
        self.document.get_or_init(|| read(&self.text).into_owned())
    }
}

impl Written {
    /// JSON without whitespace, written by this crate.
    pub fn json(text: String) -> Self {
        Self::Shared(Arc::new(Shared {
            text,
            is_json: true,
            document: OnceLock::new(),
        }))
    }

    /// Text as somebody wrote it, and the document that was read from it.
    pub fn read(text: String, document: Document<'static>) -> Self {
        Self::Shared(Arc::new(Shared {
            text,
            is_json: false,
            document: OnceLock::from(document),
        }))
    }

    /// The text as written.
    pub fn text(&self) -> &str {
        match self {
            Self::Constant(json) => json,
            Self::Shared(shared) => shared.text(),
        }
    }

    /// The text, if it is known to be JSON without whitespace.
    pub fn as_json(&self) -> Option<&str> {
        match self {
            Self::Constant(json) => Some(json),
            Self::Shared(shared) => shared.is_json().then(|| shared.text()),
        }
    }

    /// JSON without whitespace.
    pub fn to_json(&self) -> Cow<'_, str> {
        self.as_json()
            .map_or_else(|| Cow::Owned(self.document().to_json()), Cow::Borrowed)
    }

    /// The document that the text is read as.
    pub fn document(&self) -> Cow<'_, Document<'_>> {
        match self {
            Self::Constant(json) => Cow::Owned(read(json)),
            Self::Shared(shared) => Cow::Borrowed(shared.document()),
        }
    }
}

fn read(text: &str) -> Document<'_> {
    Document::read(text).unwrap_or_else(|_| unreachable!("only what has been read becomes a policy"))
}
