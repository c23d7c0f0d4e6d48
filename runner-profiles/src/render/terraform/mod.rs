//! Roles as a Terraform file.

mod place;
mod reference;
mod resources;
mod template;
#[cfg(test)]
mod tests;

use policy_core::document::Document;

pub use reference::{ReferenceError, TerraformReference, TerraformReferences};

use super::home::elsewhere;
use super::{Home, distinct};
use crate::object::Object;
use crate::{Role, RoleError, Warning};
use place::Place;
use resources::Resources;

/// Roles as a file of Terraform's JSON form, whose name ends in `.tf.json`: `aws_iam_role` with `aws_iam_role_policy`,
/// `aws_iam_policy` and `aws_iam_role_policy_attachment`, and an output `LABEL_arn` for each role.
///
/// All templates in a role are escaped: `${aws:userid}` of a policy reaches IAM as it is. Policies are text in the
/// file, in the order in which they were written. A resource's label is the name in IAM with `_` for characters that
/// labels cannot have; a number follows if two would be the same.
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
/// Terraform composes characters: if the key or the value of a tag has letters that Unicode writes in two ways, such as
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
    /// These roles, with the Region and the account that they were made for as values.
    ///
    /// # Errors
    ///
    /// [`RoleError::SameRoleName`], [`RoleError::SameManagedPolicyName`]
    pub fn new(roles: &'a [Role]) -> Result<Self, RoleError> {
        distinct(roles)?;
        Ok(Self { roles, place: None })
    }

    /// The same for the provider's Region and account: the file declares the data sources `aws_partition`, `aws_region`
    /// and `aws_caller_identity`, each as `current`, and refers to them in the place of `home`. If the module has
    /// declared them already, see [`with_references`](Self::with_references).
    ///
    /// The Region is the attribute `id`, which version 5 of the provider `hashicorp/aws` has as well as version 6, and
    /// neither warns of it: `name` is deprecated in version 6, and version 5 does not have `region`.
    ///
    /// Names of members stay as they are, such as the condition key that names an EKS cluster's OIDC issuer. So do host names
    /// after the Region, so that a file for one partition has the `kms:ViaService` of that partition.
    ///
    /// IAM's quotas were checked with the names of `home`: roles near a quota may exceed it in a Region with a longer
    /// name.
    ///
    /// What names another Region or account stays as it is; [`warnings`](Self::warnings) lists it.
    pub fn portable(mut self, home: Home) -> Self {
        self.place = Some(Place::of_the_provider(home));
        self
    }

    /// With references to values of the module in the place of `home`.
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

    /// What stays as it is in any place, since it names another Region or account than the home: a [`Warning::Elsewhere`] for each
    /// text. It may be meant, as a secret of another account is, or the home may not be the one that the roles were made for.
    ///
    /// ```
    /// use runner_profiles::policy_core::names::{AccountId, Region};
    /// use runner_profiles::render::{Terraform, Home};
    /// # use runner_profiles::{Hybrid, RoleError, RunnerName};
    ///
    /// # let account_id = AccountId::from_static("111122223333");
    /// # let (region, name) = (Region::from_static("eu-west-1"), RunnerName::new("maia-prod")?);
    /// # let hybrid = Hybrid::new(name, region.clone(), account_id.clone(), Hybrid::DEFAULT_PLATFORM_SECRET);
    /// # let roles = hybrid.roles()?;
    /// let at = |region| Home::new(region, account_id.clone());
    /// assert!(Terraform::new(&roles)?.portable(at(region)).warnings().is_empty());
    ///
    /// let other = Terraform::new(&roles)?.portable(at(Region::from_static("us-east-1")));
    /// assert!(other.warnings()[0].to_string().contains("is not in `us-east-1` of the account `111122223333`"));
    /// # Ok::<(), RoleError>(())
    /// ```
    #[must_use]
    pub fn warnings(&self) -> Vec<Warning> {
        self.place
            .as_ref()
            .map(|place| elsewhere(self.roles, &place.home))
            .unwrap_or_default()
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
