//! Roles as a Terraform file.

mod place;
mod reference;
mod resources;
mod template;
#[cfg(test)]
mod tests;

use policy_core::document::Document;

pub use reference::{ReferenceError, TerraformReference, TerraformReferences};

use super::{Home, distinct};
use crate::object::Object;
use crate::{Role, RoleError};
use place::Place;
use resources::Resources;

/// Roles as a file of Terraform's JSON form, whose name ends in `.tf.json`: `aws_iam_role` with `aws_iam_role_policy`,
/// `aws_iam_policy` and `aws_iam_role_policy_attachment`, and an output `LABEL_arn` for each role.
///
/// Nothing in a role is taken for a template: `${aws:userid}` of a policy reaches IAM as it is. Policies are text in the file, in
/// the order in which they were written. A resource's label is the name in IAM with `_` for what no label has; where that makes
/// two the same, a number follows.
///
/// ```
/// use runner_profiles::policy_core::names::{AccountId, Region};
/// use runner_profiles::render::{Home, Terraform};
/// use runner_profiles::{Hybrid, RoleError, RunnerName};
///
/// let region = Region::from_static("eu-west-1");
/// let account_id = AccountId::from_static("111122223333");
/// let home = Home::new(region.clone(), account_id.clone());
/// let hybrid = Hybrid::new(RunnerName::new("maia-prod")?, region, account_id, Hybrid::DEFAULT_PLATFORM_SECRET);
/// let roles = hybrid.roles()?;
///
/// let file = Terraform::new(&roles)?.portable(home).to_json();
/// assert!(file.contains(r#""source": "hashicorp/aws""#));
/// assert!(file.contains("arn:${data.aws_partition.current.partition}:ecs:${data.aws_region.current.id}:"));
/// # Ok::<(), RoleError>(())
/// ```
///
/// Terraform composes characters: where the key or the value of a tag has letters that Unicode writes in two ways, such as
/// U+212A for `K`, the composed or plain one reaches IAM. Policies have no such change, as such letters are escaped in them.
///
/// Sources: <https://developer.hashicorp.com/terraform/language/syntax/json>,
/// <https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role>
#[derive(Clone, Debug)]
#[must_use]
pub struct Terraform<'a> {
    roles: &'a [Role],
    place: Option<Place>,
}

impl<'a> Terraform<'a> {
    /// These roles, with the region and the account that they were made for as values.
    ///
    /// # Errors
    ///
    /// [`RoleError::SameRoleName`], [`RoleError::SameManagedPolicyName`]
    pub fn new(roles: &'a [Role]) -> Result<Self, RoleError> {
        distinct(roles)?;
        Ok(Self { roles, place: None })
    }

    /// Wherever the provider is configured for: the file declares the data sources `aws_partition`, `aws_region` and
    /// `aws_caller_identity`, each as `current`, and refers to them where `home` stands in the roles. Where the module has
    /// declared them already, see [`with_references`](Self::with_references).
    ///
    /// The region is the attribute `id`, which version 5 of the provider `hashicorp/aws` has as well as version 6, and neither
    /// warns of it: `name` is deprecated in version 6, and version 5 does not have `region`.
    ///
    /// Names of members stay as they are, such as the condition key that names an EKS cluster's OIDC issuer. So do host names
    /// behind the region, so that what is made for one partition has the `kms:ViaService` of that one.
    ///
    /// IAM's quotas were counted with the names of `home`: roles that are nearly as long as IAM takes may be too long in a
    /// region with a longer name.
    pub fn portable(mut self, home: Home) -> Self {
        self.place = Some(Place::of_the_provider(home));
        self
    }

    /// With references to what the module has already, where `home` stands in the roles.
    ///
    /// ```
    /// use runner_profiles::policy_core::names::{AccountId, Region};
    /// use runner_profiles::render::{Home, Terraform, TerraformReference, TerraformReferences};
    /// # use runner_profiles::{Hybrid, RoleError, RunnerName};
    ///
    /// # let region = Region::from_static("eu-west-1");
    /// # let account_id = AccountId::from_static("111122223333");
    /// # let home = Home::new(region.clone(), account_id.clone());
    /// # let hybrid = Hybrid::new(RunnerName::new("maia-prod")?, region, account_id, Hybrid::DEFAULT_PLATFORM_SECRET);
    /// # let roles = hybrid.roles()?;
    /// let references = TerraformReferences::new()
    ///     .with_region(TerraformReference::new("var.region")?)
    ///     .with_account_id(TerraformReference::new("local.account_id")?);
    ///
    /// let file = Terraform::new(&roles)?.with_references(home, references).to_json();
    /// assert!(file.contains("arn:aws:ecs:${var.region}:${local.account_id}:"));
    /// # Ok::<(), RoleError>(())
    /// ```
    pub fn with_references(mut self, home: Home, references: TerraformReferences) -> Self {
        self.place = Some(Place {
            home,
            references,
            is_declared: false,
        });
        self
    }

    /// The text of the file. The same roles always give the same text.
    pub fn to_json(&self) -> String {
        let (resources, outputs) = Resources::of(self.roles, self.place.as_ref()).into_parts();
        let provider = Object::default().with_text("source", Some("hashicorp/aws"));
        let required = Object::default().with_object("aws", provider);
        let file = Object::default()
            .with_object(
                "terraform",
                Object::default().with_object("required_providers", required),
            )
            .with_object("data", self.place.as_ref().map(Place::data).unwrap_or_default())
            .with_object("resource", resources)
            .with_object("output", outputs);
        Document::new(file.into()).to_json_pretty()
    }
}
