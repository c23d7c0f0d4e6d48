//! Names in serde's data model: a string, with the message of [`NameError`](super::NameError) if invalid.

use serde::de::{Deserialize, Deserializer, Error as _};

use super::Name;

/// Deserializes a name from a string.
pub(super) fn deserialize<'de, N: Name, D: Deserializer<'de>>(deserializer: D) -> Result<N, D::Error> {
    let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
    N::parse_name(&text).map_err(D::Error::custom)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use crate::names::AccountId;

    #[test]
    fn names_are_strings() {
        let account: AccountId = serde_json::from_str(r#""111122223333""#).unwrap();
        assert_eq!(serde_json::to_string(&account).unwrap(), r#""111122223333""#);
    }

    #[test]
    fn what_is_no_name_is_refused_with_the_reason() {
        let error = serde_json::from_str::<AccountId>(r#""11112222333""#).unwrap_err();
        let reason = AccountId::new("11112222333").unwrap_err();
        assert!(error.to_string().starts_with(&reason.to_string()), "{error}");
    }
}
