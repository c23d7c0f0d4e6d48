//! References to the values of a Terraform module.

use std::error::Error;
use std::fmt;
use std::str::FromStr;

use policy_core::shown::Shown;

/// A reference to a value of a Terraform module, as in an expression: `var.region`, `local.accounts[0]`,
/// `data.aws_region.current.id`, `module.network.region`.
///
/// It consists of names joined by `.`, and of numbers in brackets. For a value with a key in quotes, or from a
/// function, give the module a local value and refer to that.
///
/// ```
/// use runner_profiles::render::TerraformReference;
///
/// let region = TerraformReference::new("var.region")?;
/// assert_eq!(region.as_str(), "var.region");
///
/// let error = "${var.region}".parse::<TerraformReference>().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "`${var.region}` is not a reference to a value of a Terraform module: it is a template; write only the \
///      expression between `${` and `}`",
/// );
/// # Ok::<(), runner_profiles::render::ReferenceError>(())
/// ```
///
/// Source: <https://developer.hashicorp.com/terraform/language/expressions/references>
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TerraformReference(String);

impl TerraformReference {
    /// The text as a reference. Terraform checks whether the module has it.
    ///
    /// # Errors
    ///
    /// The text is not a reference.
    pub fn new(text: impl Into<String>) -> Result<Self, ReferenceError> {
        let text = text.into();
        match mistake(&text) {
            Some(why) => Err(ReferenceError { text, why }),
            None => Ok(Self(text)),
        }
    }

    pub(super) fn built(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TerraformReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl FromStr for TerraformReference {
    type Err = ReferenceError;

    fn from_str(text: &str) -> Result<Self, ReferenceError> {
        Self::new(text)
    }
}

/// The references of a module for the partition, the Region and the account. The others stay in the file as values.
///
/// ```
/// use runner_profiles::render::{TerraformReference, TerraformReferences};
///
/// let references = TerraformReferences::new()
///     .with_region(TerraformReference::new("var.region")?)
///     .with_account_id(TerraformReference::new("local.account_id")?);
/// # Ok::<(), runner_profiles::render::ReferenceError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TerraformReferences {
    pub(super) partition: Option<TerraformReference>,
    pub(super) region: Option<TerraformReference>,
    pub(super) account_id: Option<TerraformReference>,
}

impl TerraformReferences {
    /// None yet.
    pub const fn new() -> Self {
        Self {
            partition: None,
            region: None,
            account_id: None,
        }
    }

    /// The reference to the partition, such as `aws`.
    #[must_use]
    pub fn with_partition(mut self, partition: TerraformReference) -> Self {
        self.partition = Some(partition);
        self
    }

    /// The reference to the Region, such as `eu-west-1`.
    #[must_use]
    pub fn with_region(mut self, region: TerraformReference) -> Self {
        self.region = Some(region);
        self
    }

    /// The reference to the account ID, such as `111122223333`.
    #[must_use]
    pub fn with_account_id(mut self, account_id: TerraformReference) -> Self {
        self.account_id = Some(account_id);
        self
    }
}

/// A text is not a reference to a value of a Terraform module: what is wrong with it, and the fix.
///
/// ```
/// use runner_profiles::render::TerraformReference;
///
/// let error = TerraformReference::new("data.aws_region.current").unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "`data.aws_region.current` is not a reference to a value of a Terraform module: it is incomplete; write at least \
///      `data.TYPE.NAME.ATTRIBUTE`",
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReferenceError {
    text: String,
    why: Mistake,
}

impl fmt::Display for ReferenceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (text, why) = (Shown(&self.text), Shown(&self.why));
        write!(f, "`{text}` is not a reference to a value of a Terraform module: {why}")
    }
}

impl Error for ReferenceError {}

/// The mistake in a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Mistake {
    /// It is a template with the reference in it.
    Template,
    /// It starts with a name that has a value only in a repeated resource, or that does not have values of AWS.
    Root(String),
    /// It is incomplete: with its first name, this is the shortest.
    Incomplete(&'static str),
    /// A part of it is not a name in Terraform.
    Name(String),
    /// The index in brackets is not a number.
    Index(String),
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Template => f.write_str("it is a template; write only the expression between `${` and `}`"),
            Self::Root(root) => write!(
                f,
                "`{root}` has no value for a role, which is not repeated and has no AWS values there; refer to `var`, `local`, \
                 `data`, `module` or a resource"
            ),
            Self::Incomplete(least) => write!(f, "it is incomplete; write at least `{least}`"),
            Self::Name(name) if name.is_empty() => {
                f.write_str("a name is missing; write names joined by one `.`, as in `var.region`")
            }
            Self::Name(name) => write!(
                f,
                "`{name}` is not a name, which has letters, digits, `_` and `-`, and starts with a letter or `_`; for anything \
                 else give the module a local value and refer to it, as in `local.region`"
            ),
            Self::Index(index) => write!(
                f,
                "`{index}` is not a number in brackets, such as `[0]`; for a key, give the module a local value and refer to it, \
                 as in `local.region`"
            ),
        }
    }
}

fn mistake(text: &str) -> Option<Mistake> {
    if text.starts_with("${") {
        return Some(Mistake::Template);
    }
    if let Some(why) = text.split('.').find_map(mistake_of_a_part) {
        return Some(why);
    }
    let root = text.split('.').next().unwrap_or_default();
    let (least, shape) = match root {
        "each" | "count" | "self" | "path" | "terraform" => return Some(Mistake::Root(root.to_owned())),
        "var" => (2, "var.NAME"),
        "local" => (2, "local.NAME"),
        "module" => (3, "module.NAME.OUTPUT"),
        "data" => (4, "data.TYPE.NAME.ATTRIBUTE"),
        _ => (3, "TYPE.NAME.ATTRIBUTE"),
    };
    (text.split('.').count() < least).then_some(Mistake::Incomplete(shape))
}

/// A name, followed by any number of numbers in brackets.
fn mistake_of_a_part(part: &str) -> Option<Mistake> {
    let (name, mut rest) = part.split_at(part.find('[').unwrap_or(part.len()));
    let begins = |byte: u8| byte.is_ascii_alphabetic() || byte == b'_';
    let goes_on = |byte: u8| begins(byte) || byte.is_ascii_digit() || byte == b'-';
    if !name.bytes().next().is_some_and(begins) || !name.bytes().all(goes_on) {
        return Some(Mistake::Name(name.to_owned()));
    }
    while !rest.is_empty() {
        let index = rest.strip_prefix('[').and_then(|rest| rest.split_once(']'));
        match index {
            Some((digits, behind)) if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                rest = behind;
            }
            _ => return Some(Mistake::Index(rest.to_owned())),
        }
    }
    None
}
