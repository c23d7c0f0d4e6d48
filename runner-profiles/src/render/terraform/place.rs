//! The partition, Region and account of the roles in a Terraform file.

use policy_core::document::Node;

use super::reference::{TerraformReference, TerraformReferences};
use crate::object::Object;
use crate::render::Home;

/// The home that the roles were made for, and its replacements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) home: Home,
    pub(super) references: TerraformReferences,
    /// Whether the references are to data sources that the file itself declares.
    pub(super) is_declared: bool,
}

impl Place {
    /// Those that the provider is configured for.
    pub(super) fn of_the_provider(home: Home) -> Self {
        let references = DECLARED
            .map(|(type_name, attribute)| TerraformReference::built(&format!("data.{type_name}.{NAME}.{attribute}")));
        let [partition, region, account_id] = references;
        let references = TerraformReferences::new()
            .with_partition(partition)
            .with_region(region)
            .with_account_id(account_id);
        Self {
            home,
            references,
            is_declared: true,
        }
    }

    /// The data sources that the references need.
    pub(super) fn data<'a>(&self) -> Object<'a> {
        if !self.is_declared {
            return Object::default();
        }
        DECLARED.into_iter().fold(Object::default(), |data, (type_name, _)| {
            let empty: Node<'_> = Object::default().into();
            data.with_object(type_name, Object::default().with(NAME, empty))
        })
    }
}

const NAME: &str = "current";

/// For the partition, the Region and the account: the type of the data source, and the attribute.
///
/// Of a Region, version 5 of the provider has `name` and `id`; version 6 has both and `region`, and warns of `name`. So
/// `id` is the one that both have without a warning.
/// Sources: <https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/region>,
/// <https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/meta/region_data_source.go>
const DECLARED: [(&str, &str); 3] = [
    ("aws_partition", "partition"),
    ("aws_region", "id"),
    ("aws_caller_identity", "account_id"),
];
