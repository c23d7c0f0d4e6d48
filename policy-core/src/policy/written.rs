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
    Shared(Arc<Shared>),
}

pub(super) struct Shared {
    text: String,
    /// Whether the text is what [`Document::to_json`] writes: JSON without whitespace.
    is_json: bool,
    /// Empty until it is needed: a rendered template is mostly sent and never looked at.
    document: OnceLock<Document<'static>>,
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
            Self::Shared(shared) => &shared.text,
        }
    }

    /// The text, if it is known to be JSON without whitespace.
    pub fn as_json(&self) -> Option<&str> {
        match self {
            Self::Constant(json) => Some(json),
            Self::Shared(shared) => shared.is_json.then_some(&shared.text),
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
            Self::Shared(shared) => Cow::Borrowed(shared.document.get_or_init(|| read(&shared.text).into_owned())),
        }
    }
}

fn read(text: &str) -> Document<'_> {
    Document::read(text).unwrap_or_else(|_| unreachable!("only what has been read becomes a policy"))
}
