//! The types of names and ARNs by which a resource is given.

use policy_core::names::{Name, NameError};

/// A type that a resource can be given as: its name, its ARN, or either.
///
/// `SecretName`, `SecretId` and `SecretArn` identify a [`Secret`](crate::Secret), and so does a `Secret`. Text does not, since it could
/// have any mistake; `parse` it, and the error says what is wrong:
///
/// ```
/// use runner_profiles::{Identifies, Secret};
/// use runner_profiles::policy_core::names::SecretName;
///
/// fn secret(secret: impl Identifies<Secret>) -> Secret {
///     secret.identified()
/// }
/// let given: Secret = "snowflake-password".parse()?;
/// assert_eq!(secret(given), secret(SecretName::from_static("snowflake-password")));
/// # Ok::<(), runner_profiles::policy_core::names::NameError>(())
/// ```
///
/// ```compile_fail,E0277
/// # use runner_profiles::{Identifies, Secret};
/// # fn secret(secret: impl Identifies<Secret>) -> Secret {
/// #     secret.identified()
/// # }
/// secret("snowflake-password");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not identify a `{T}`",
    label = "not a name or an ARN of a `{T}`",
    note = "an `S3Bucket` is given as a `BucketName` or a `BucketArn`, a `Secret` as a `SecretName`, a `SecretId` or a `SecretArn`, a `KmsKey` as a `KmsKeyId` or a `KmsKeyArn`, a `LogGroup` as a `LogGroupName` or a `LogGroupArn`, an `EcrRepository` as an `EcrRepositoryName` or a `RepositoryArn`, an `OidcProvider` as an `OidcIssuer` or an `OidcProviderArn`",
    note = "for text, write `let given: {T} = text.parse()?`, whose error says what is wrong with the text; for a constant, the name as its type: `BucketName::from_static(\"exports\")`"
)]
pub trait Identifies<T> {
    /// The resource.
    fn identified(self) -> T;
}

/// Implements `Identifies`, `From` and `Display` of an enumeration whose variants are the types that identify a resource; with `or` also
/// `FromStr`, for a name or an ARN.
macro_rules! identified {
    ($kind:ident: $name:ident($name_type:ident) or $arn:ident($arn_type:ident)) => {
        $crate::identifies::identified!($kind: $name($name_type), $arn($arn_type));

        /// An ARN, or a name.
        impl std::str::FromStr for $kind {
            type Err = policy_core::names::NameError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $crate::identifies::name_or_arn::<$name_type, $arn_type, Self>(text)
            }
        }
    };
    ($kind:ident: $($variant:ident($type:ident)),+) => {
        #[diagnostic::do_not_recommend]
        impl $crate::Identifies<$kind> for $kind {
            fn identified(self) -> Self {
                self
            }
        }

        $(
            #[diagnostic::do_not_recommend]
            impl $crate::Identifies<$kind> for $type {
                fn identified(self) -> $kind {
                    $kind::$variant(self)
                }
            }

            impl From<$type> for $kind {
                fn from(identifier: $type) -> Self {
                    Self::$variant(identifier)
                }
            }
        )+

        impl std::fmt::Display for $kind {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self {
                    $(Self::$variant(identifier) => identifier.fmt(f),)+
                }
            }
        }
    };
}
pub(crate) use identified;

pub(crate) fn name_or_arn<N: Name, A: Name, T: From<N> + From<A>>(text: &str) -> Result<T, NameError> {
    if text.starts_with("arn:") {
        A::parse_name(text).map(T::from)
    } else {
        N::parse_name(text).map(T::from)
    }
}
