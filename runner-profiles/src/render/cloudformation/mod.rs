//! Roles as a `CloudFormation` template.

mod sub;
#[cfg(test)]
mod tests;

use policy_core::document::{Document, Node};
use policy_core::names::RolePath;

use super::home::{elsewhere, with_strings};
use super::label::Labels;
use super::{Home, distinct};
use crate::object::{Object, list};
use crate::role::json::TRUST;
use crate::{ManagedPolicy, Role, RoleError, Warning};
use sub::portable;

/// Roles as a `CloudFormation` template in JSON: `AWS::IAM::Role` with its inline policies in it, `AWS::IAM::ManagedPolicy`,
/// and an output with the ARN of each role.
///
/// The roles have names of their own, so creating a stack needs the capability `CAPABILITY_NAMED_IAM`. A resource's
/// logical ID is the words of the name in IAM and its type, `MaiaProdTaskRole` for `maia-prod-task`; a number follows
/// if two would be the same.
///
/// ```
/// use runner_profiles::policy_core::names::{AccountId, Region};
/// use runner_profiles::render::{CloudFormation, Home};
/// use runner_profiles::{Hybrid, RoleError, RunnerName};
///
/// let region = Region::from_static("eu-west-1");
/// let account_id = AccountId::from_static("111122223333");
/// let home = Home::new(region.clone(), account_id.clone());
/// let hybrid = Hybrid::new(RunnerName::new("maia-prod")?, region, account_id, Hybrid::DEFAULT_PLATFORM_SECRET);
/// let roles = hybrid.roles()?;
///
/// let template = CloudFormation::new(&roles)?.portable(home).to_json();
/// assert!(template.contains(r#""MaiaProdTaskRole": {"#));
/// assert!(template.contains(r#""Fn::Sub": "arn:${AWS::Partition}:ecs:${AWS::Region}:${AWS::AccountId}:*""#));
/// # Ok::<(), RoleError>(())
/// ```
///
/// `CloudFormation` has quotas that depend on how a template is passed, so they are not checked here: 51,200 bytes in
/// the request itself, 1 MB from a bucket, and 500 resources and 200 outputs.
///
/// Sources: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html>,
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-managedpolicy.html>,
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html>
#[derive(Clone, Debug)]
#[must_use]
pub struct CloudFormation<'a> {
    roles: &'a [Role],
    home: Option<Home>,
}

impl<'a> CloudFormation<'a> {
    /// These roles, with the Region and the account that they were made for as values.
    ///
    /// # Errors
    ///
    /// [`RoleError::SameRoleName`], [`RoleError::SameManagedPolicyName`]; [`RoleError::DynamicReference`] if a role
    /// contains `{{resolve:`
    pub fn new(roles: &'a [Role]) -> Result<Self, RoleError> {
        distinct(roles)?;
        roles.iter().try_for_each(without_dynamic_references)?;
        Ok(Self { roles, home: None })
    }

    /// The same for a stack in any place: `AWS::Partition`, `AWS::Region` and `AWS::AccountId` replace `home` in the
    /// policies, the permissions boundary and the ARNs of attached policies.
    ///
    /// Such strings become `Fn::Sub`, and policy variables in them are escaped, `${!aws:userid}`; the few for which AWS
    /// does not document how `Fn::Sub` reads them, such as an open `${`, become `Fn::Join`. All other strings are
    /// plain, also with `${aws:userid}` in them.
    ///
    /// Names of members stay as they are, such as the condition key that names an EKS cluster's OIDC issuer: functions
    /// are not allowed there. So do host names after the Region, so that a template for one partition has the
    /// `kms:ViaService` of that partition.
    ///
    /// IAM's quotas were checked with the names of `home`: roles near a quota may exceed it in a Region with a longer
    /// name.
    ///
    /// What names another Region or account stays as it is; [`warnings`](Self::warnings) lists it.
    pub fn portable(mut self, home: Home) -> Self {
        self.home = Some(home);
        self
    }

    /// What stays as it is in any place, since it names another Region or account than the home: a [`Warning::Elsewhere`] for each
    /// text. It may be meant, as a secret of another account is, or the home may not be the one that the roles were made for.
    ///
    /// ```
    /// use runner_profiles::policy_core::names::{AccountId, Region};
    /// use runner_profiles::render::{CloudFormation, Home};
    /// # use runner_profiles::{Hybrid, RoleError, RunnerName};
    ///
    /// # let account_id = AccountId::from_static("111122223333");
    /// # let (region, name) = (Region::from_static("eu-west-1"), RunnerName::new("maia-prod")?);
    /// # let hybrid = Hybrid::new(name, region.clone(), account_id.clone(), Hybrid::DEFAULT_PLATFORM_SECRET);
    /// # let roles = hybrid.roles()?;
    /// let at = |region| Home::new(region, account_id.clone());
    /// assert!(CloudFormation::new(&roles)?.portable(at(region)).warnings().is_empty());
    ///
    /// let other = CloudFormation::new(&roles)?.portable(at(Region::from_static("us-east-1")));
    /// assert!(other.warnings()[0].to_string().contains("is not in `us-east-1` of the account `111122223333`"));
    /// # Ok::<(), RoleError>(())
    /// ```
    #[must_use]
    pub fn warnings(&self) -> Vec<Warning> {
        self.home
            .as_ref()
            .map(|home| elsewhere(self.roles, home))
            .unwrap_or_default()
    }

    /// The text of the template. The same roles always give the same text.
    pub fn to_json(&self) -> String {
        let mut labels = Labels::default();
        let (mut resources, mut outputs) = (Object::default(), Object::default());
        for role in self.roles {
            let id = labels.distinct(&logical_id(role.name().as_str(), "Role"), "");
            let managed: Vec<(String, &ManagedPolicy)> = role
                .managed_policies()
                .iter()
                .map(|managed| {
                    let id = logical_id(managed.name.as_str(), "Policy");
                    (labels.distinct(&id, ""), managed)
                })
                .collect();
            let own = managed.iter().map(|(id, _)| reference(id)).collect();
            resources = resources.with_object(id.clone(), resource("AWS::IAM::Role", self.role(role, own)));
            for (id, managed) in managed {
                let properties = self.managed_policy(role, managed);
                resources = resources.with_object(id, resource("AWS::IAM::ManagedPolicy", properties));
            }
            outputs = outputs.with_object(format!("{id}Arn"), arn_of(&id));
        }
        let template = Object::default()
            .with_text("AWSTemplateFormatVersion", Some("2010-09-09"))
            .with_object("Resources", resources)
            .with_object("Outputs", outputs);
        Document::new(template.into()).to_json_pretty()
    }

    /// The properties of a role; `managed` is references to its own managed policies.
    fn role<'r>(&self, role: &'r Role, mut managed: Vec<Node<'r>>) -> Object<'r> {
        let policies = role.policies().iter().map(|inline| {
            Object::default()
                .with_text("PolicyName", Some(inline.name.as_str()))
                .with("PolicyDocument", self.policy(inline.policy.document()))
                .into()
        });
        let attached = role.attached_policies().iter();
        managed.extend(attached.map(|arn| portable(arn.as_str(), None, self.home.as_ref())));
        let properties = role
            .head()
            .with(TRUST, self.policy(role.trust().document()))
            .with_list("Policies", policies)
            .with_list("ManagedPolicyArns", managed);
        role.with_tail(properties, |arn| portable(arn.as_str(), None, self.home.as_ref()))
    }

    fn managed_policy<'r>(&self, role: &'r Role, managed: &'r ManagedPolicy) -> Object<'r> {
        Object::default()
            .with_text("ManagedPolicyName", Some(managed.name.as_str()))
            .with_text("Path", role.settings().path().map(RolePath::as_str))
            .with("PolicyDocument", self.policy(managed.policy.document()))
    }

    fn policy(&self, document: &Document<'_>) -> Node<'static> {
        let root = document.root().clone().into_owned();
        with_strings(&root, str::to_owned, &mut |text, key| {
            portable(text, key, self.home.as_ref())
        })
    }
}

fn resource<'a>(type_name: &'static str, properties: Object<'a>) -> Object<'a> {
    Object::default()
        .with_text("Type", Some(type_name))
        .with_object("Properties", properties)
}

/// `Ref` of a managed policy is its ARN.
fn reference<'a>(id: &str) -> Node<'a> {
    Object::default().with_text("Ref", Some(id.to_owned())).into()
}

fn arn_of<'a>(id: &str) -> Object<'a> {
    let parts = [id, "Arn"].map(|part| Node::string(part.to_owned()));
    let arn = Object::default().with("Fn::GetAtt", list(parts));
    Object::default().with_object("Value", arn)
}

/// The words of the name, each with a capital, and the type: a logical ID has letters and digits only, at most 255,
/// which is more than a name has.
///
/// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html>
fn logical_id(name: &str, kind: &str) -> String {
    let words = name.split(|character: char| !character.is_ascii_alphanumeric());
    let mut id = String::new();
    for word in words {
        let (first, rest) = word.split_at(word.len().min(1));
        id.push_str(&first.to_ascii_uppercase());
        id.push_str(rest);
    }
    id + kind
}

/// In any string of a template `{{resolve:SERVICE:KEY}}` is replaced by the stored value, and cannot be escaped.
///
/// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html>
fn without_dynamic_references(role: &Role) -> Result<(), RoleError> {
    // JSON has two braces next to each other only in a string, and does not escape any of this.
    let json = role.to_json();
    let Some((_, rest)) = json.split_once(DYNAMIC) else {
        return Ok(());
    };
    let key = rest.split(['}', '"']).next().unwrap_or_default();
    Err(RoleError::DynamicReference {
        role: role.name().clone(),
        text: format!("{DYNAMIC}{key}}}}}"),
    })
}

const DYNAMIC: &str = "{{resolve:";
