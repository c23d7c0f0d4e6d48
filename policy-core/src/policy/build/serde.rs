//! Statements in serde's data model: an object with the structure of a statement.

use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Serialize, Serializer};

use super::Statement;
use crate::document::Node;
use crate::policy::PolicyKind;

impl<K: PolicyKind> Serialize for Statement<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.view().node().serialize(serializer)
    }
}

/// Fails with every mistake of the statement's structure, each with its path.
impl<'de, K: PolicyKind> Deserialize<'de> for Statement<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let node = Node::deserialize(deserializer)?;
        Self::from_node(&node).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use crate::policy::Statement;
    use crate::policy::kind::Identity;

    #[test]
    fn a_statement_goes_through_serde_and_comes_back_the_same() {
        let text = r#"{"Resource":"*","Effect":"Allow","Action":["s3:*"],"Condition":{"Bool":{"a:b":true}}}"#;
        let statement: Statement<Identity> = serde_json::from_str(text).unwrap();
        assert_eq!(statement.to_json(), text);
        assert_eq!(serde_json::to_string(&statement).unwrap(), text);
        let error = serde_json::from_str::<Statement<Identity>>(r#"{"Effect":"Allow","Action":5}"#).unwrap_err();
        assert!(error.to_string().contains("MISSING_RESOURCE"), "{error}");
    }
}
