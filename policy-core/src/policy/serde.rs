//! Policies in serde's data model: a document with the structure of its kind; and lists that are never empty.

use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Serialize, Serializer};

use super::{ConstPolicy, Effect, NonEmpty, Policy, PolicyKind, Version};
use crate::document::Document;

impl<K: PolicyKind> Serialize for Policy<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.document().serialize(serializer)
    }
}

impl<K: PolicyKind> Serialize for ConstPolicy<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_policy().serialize(serializer)
    }
}

/// Fails with the first mistake of the policy's structure and its path, and how many more there are.
impl<'de, K: PolicyKind> Deserialize<'de> for Policy<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let document = Document::deserialize(deserializer)?;
        Self::from_document(&document).map_err(D::Error::custom)
    }
}

/// Words that are written in a policy as they are.
macro_rules! words {
    ($($type:ty),+) => {$(
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
            }
        }
    )+};
}

words!(Effect, Version);

impl<T: Serialize> Serialize for NonEmpty<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for NonEmpty<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::try_from(Vec::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use crate::names::AccountId;
    use crate::policy::{Effect, IdentityPolicy, NonEmpty, Version};

    #[test]
    fn words_are_as_in_a_policy_and_versions_in_their_order() {
        let both = (Effect::Deny, Version::V2012);
        assert_eq!(serde_json::to_string(&both).unwrap(), r#"["Deny","2012-10-17"]"#);
        assert_eq!(
            serde_json::from_str::<(Effect, Version)>(r#"["Deny","2012-10-17"]"#).unwrap(),
            both
        );
        let error = serde_json::from_str::<Effect>(r#""allow""#).unwrap_err().to_string();
        assert!(error.contains("`Allow`"), "{error}");
        assert!(Version::V2008 < Version::V2012 && Effect::Allow < Effect::Deny);
    }

    #[test]
    fn a_list_has_an_element() {
        let accounts: NonEmpty<AccountId> = serde_json::from_str(r#"["111122223333"]"#).unwrap();
        assert_eq!(serde_json::to_string(&accounts).unwrap(), r#"["111122223333"]"#);
        assert!(serde_json::from_str::<NonEmpty<AccountId>>("[]").is_err());
    }

    #[test]
    fn a_policy_goes_through_serde_and_comes_back_the_same() {
        let text = r#"{"Version":"2012-10-17","Statement":[{"Resource":"*","Effect":"Allow","Action":["s3:*"],"Condition":{"Bool":{"aws:SecureTransport":true},"NumericLessThan":{"aws:MultiFactorAuthAge":[3600,-1,0.5]}}}]}"#;
        let policy: IdentityPolicy = serde_json::from_str(text).unwrap();
        assert_eq!(policy.to_json(), text);
        assert_eq!(serde_json::to_string(&policy).unwrap(), text);
    }

    #[test]
    fn a_number_that_is_written_in_an_unusual_way_comes_back_as_its_text() {
        for number in [
            "1e400",
            "12345678901234567890123",
            "1.50",
            "-0",
            "0.00001",
            "18446744073709551616",
            "1E2",
            "18446744073709551615",
            "0.25",
        ] {
            let text = format!(
                r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{{"StringEquals":{{"aws:PrincipalTag/x":{number}}}}}}}]}}"#
            );
            let policy = IdentityPolicy::from_json(&text).unwrap();
            let written = serde_json::to_string(&policy).unwrap();
            let value = serde_json::Value::from(&policy);
            for read in [
                serde_json::from_str::<IdentityPolicy>(&written).unwrap(),
                IdentityPolicy::try_from(value).unwrap(),
            ] {
                let has_text = read.to_json().contains(&format!(r#""aws:PrincipalTag/x":{number}"#))
                    || read.to_json().contains(&format!(r#""aws:PrincipalTag/x":"{number}""#));
                assert!(has_text && read.is_equivalent(&policy), "{number}: {read}");
            }
        }
    }

    #[test]
    fn what_is_no_policy_is_refused_with_its_place() {
        let error = serde_json::from_str::<IdentityPolicy>(
            r#"{"Version":"2012-10-17","Statement":[{"Action":"a:B","Resource":"*"}]}"#,
        )
        .unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("/Statement/0: the statement has no `Effect` [MISSING_EFFECT]"),
            "{error}"
        );
    }
}
