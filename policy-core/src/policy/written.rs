//! The text of a policy, and its document, which is read once.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use crate::document::Document;

/// The text of a policy, whose structure has been verified. A clone shares it.
#[derive(Clone)]
pub(super) enum Written {
    /// A constant of `policy!`: JSON without whitespace. It has no place for a document, since a constant that is
    /// borrowed for `'static` cannot change: its document is among the [`CONSTANTS`].
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

    /// Text, whether it is JSON without whitespace for certain, and the document that was read from it.
    pub fn read(text: String, is_json: bool, document: Document<'static>) -> Self {
        Self::Shared(Arc::new(Shared {
            text,
            is_json,
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
    pub fn document(&self) -> &Document<'_> {
        match self {
            Self::Constant(json) => constant(json),
            Self::Shared(shared) => shared.document(),
        }
    }
}

/// The documents of the constants whose document was asked for, by the address and the length of their text. They are
/// kept for as long as the program runs, like the constants, and are no more than those.
static CONSTANTS: RwLock<Vec<Constant>> = RwLock::new(Vec::new());

type Constant = ((usize, usize), &'static Document<'static>);

fn constant(json: &'static str) -> &'static Document<'static> {
    let key = (json.as_ptr().addr(), json.len());
    let find = |constants: &[Constant]| {
        let at = constants.partition_point(|(known, _)| *known < key);
        (
            at,
            constants
                .get(at)
                .filter(|(known, _)| *known == key)
                .map(|(_, document)| *document),
        )
    };
    let (_, known) = find(&CONSTANTS.read().unwrap_or_else(PoisonError::into_inner));
    known.unwrap_or_else(|| {
        let mut constants = CONSTANTS.write().unwrap_or_else(PoisonError::into_inner);
        let (at, known) = find(&constants);
        known.unwrap_or_else(|| {
            let document: &'static Document<'static> = Box::leak(Box::new(read(json)));
            constants.insert(at, (key, document));
            document
        })
    })
}

fn read(text: &str) -> Document<'_> {
    Document::read(text).unwrap_or_else(|_| unreachable!("only what has been read becomes a policy"))
}
