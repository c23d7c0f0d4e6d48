//! A role that exists, from what AWS returns of it.

mod error;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use policy_core::document::{Document, Node, Text, Value, line_and_column};
use policy_core::names::{Name, PolicyArn, PolicyName, RoleName, RolePath};
use policy_core::policy::{IdentityPolicy, Policy, PolicyKind, TrustPolicy};

use super::json::TRUST;
use super::{InlinePolicy, ManagedPolicy, Role, RoleDescription, RoleSettings, SessionDuration, Tag};
use crate::RoleError;

pub use error::{ReadRoleError, ReadRoleMistake};

/// The member of the output of `aws iam get-policy-version`.
const POLICY_VERSION: &str = "PolicyVersion";

impl Role {
    /// Reads a role that exists from JSON: the output of `aws iam get-role`, or an object of `aws iam list-roles` or of the
    /// `RoleDetailList` of `aws iam get-account-authorization-details`. The policies may be percent-encoded, as IAM's API and the
    /// SDKs return them, or not. What [`to_json`](Self::to_json) returns is read, too.
    ///
    /// Of a role, `get-role` and `list-roles` return the trust policy only: add the others by [`with_json`](Self::with_json).
    /// Quotas can be raised, and what exists has been accepted, so none is checked.
    ///
    /// Tags of AWS's own, `aws:...`, are left out: nobody else can set or remove them.
    ///
    /// ```
    /// use runner_profiles::Role;
    ///
    /// let output = r#"{ "Role": {
    ///     "Path": "/runners/", "RoleName": "maia-prod-task", "Arn": "arn:aws:iam::111122223333:role/runners/maia-prod-task",
    ///     "AssumeRolePolicyDocument": { "Version": "2012-10-17", "Statement": [{
    ///         "Effect": "Allow", "Principal": { "Service": "ecs-tasks.amazonaws.com" }, "Action": "sts:AssumeRole" }] },
    ///     "MaxSessionDuration": 7200, "Tags": [{ "Key": "team", "Value": "data" }] } }"#;
    /// let role = Role::from_json(output)?;
    /// assert_eq!((role.name().as_str(), role.settings().tags()[0].value()), ("maia-prod-task", "data"));
    ///
    /// let error = Role::from_json(&output.replace("7200", "60")).unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "`/Role/MaxSessionDuration`: the maximum session duration is 60 seconds, and IAM allows one to twelve hours; write a number from 3600 to 43200"
    /// );
    /// # Ok::<(), runner_profiles::ReadRoleError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ReadRoleError`], with the place; also if there are several roles, as in an export of an account: see
    /// [`all_from_json`](Self::all_from_json).
    pub fn from_json(json: &str) -> Result<Self, ReadRoleError> {
        let roles = Self::all_from_json(json)?;
        let [role] = <[Self; 1]>::try_from(roles)
            .map_err(|roles| ReadRoleError::at_root(ReadRoleMistake::NotOneRole(roles.len())))?;
        Ok(role)
    }

    /// Reads roles that exist from JSON: the outputs of `aws iam get-account-authorization-details` and of `aws iam list-roles`, or
    /// of the other commands of [`from_json`](Self::from_json); or an array of roles, as
    /// [`all_to_json_pretty`](Self::all_to_json_pretty) returns it.
    ///
    /// The first has the roles with all their policies, and no descriptions and session durations:
    /// [`drift_from`](Self::drift_from) does not compare these.
    ///
    /// ```
    /// use runner_profiles::Role;
    ///
    /// let details = r#"{ "RoleDetailList": [{
    ///     "RoleName": "audit", "Path": "/",
    ///     "AssumeRolePolicyDocument": "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%7B%22Effect%22%3A%22Allow%22%2C%22Principal%22%3A%7B%22Service%22%3A%22ec2.amazonaws.com%22%7D%2C%22Action%22%3A%22sts%3AAssumeRole%22%7D%7D",
    ///     "RolePolicyList": [],
    ///     "AttachedManagedPolicies": [{ "PolicyName": "ReadOnlyAccess", "PolicyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess" }] }] }"#;
    /// let roles = Role::all_from_json(details)?;
    /// assert_eq!(roles[0].attached_policies()[0].as_str(), "arn:aws:iam::aws:policy/ReadOnlyAccess");
    /// # Ok::<(), runner_profiles::ReadRoleError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ReadRoleError`]: one role that cannot be read is an error for all, with its place.
    pub fn all_from_json(json: &str) -> Result<Vec<Self>, ReadRoleError> {
        let document = read(json)?;
        let root = document.root();
        let list = root.member("RoleDetailList").or_else(|| root.member("Roles"));
        if root.member("PolicyDocument").is_some() {
            return Err(ReadRoleError::at_root(ReadRoleMistake::IsPartOfARole));
        }
        if root.member("Statement").is_some() {
            return Err(ReadRoleError::at_root(ReadRoleMistake::IsPolicy));
        }
        let roles = match (root.member("Role"), list, root.member("RoleName")) {
            _ if matches!(root.value, Value::Array(_)) => root.as_list(),
            (Some(role), _, _) => std::slice::from_ref(role),
            (_, Some(list), _) => list.as_list(),
            (_, _, Some(_)) => std::slice::from_ref(root),
            _ => return Err(ReadRoleError::at_root(ReadRoleMistake::NoRole)),
        };
        let reading = Reading { document: &document };
        let mut roles: Vec<Self> = roles.iter().map(|role| reading.role(role)).collect::<Result<_, _>>()?;
        let mut read = BTreeMap::new();
        for role in &mut roles {
            for arn in &role.attached {
                if !read.contains_key(arn) {
                    read.insert(arn.clone(), reading.managed_policy(arn)?);
                }
                if let Some(Some(policy)) = read.get(arn) {
                    role.documents.insert(arn.clone(), policy.clone());
                }
            }
        }
        Ok(roles)
    }

    /// The role with what another command of the AWS CLI returns of it: `aws iam get-role-policy`, an inline policy;
    /// `aws iam list-attached-role-policies`, the managed policies; or `aws iam list-role-tags`. The documents of managed policies are added
    /// by [`with_policy_version`](Self::with_policy_version).
    ///
    /// ```
    /// # use runner_profiles::Role;
    /// # let get_role = r#"{ "Role": { "RoleName": "audit", "Path": "/", "AssumeRolePolicyDocument": { "Version": "2012-10-17",
    /// #     "Statement": [{ "Effect": "Allow", "Principal": { "Service": "ec2.amazonaws.com" }, "Action": "sts:AssumeRole" }] } } }"#;
    /// let role = Role::from_json(get_role)?
    ///     .with_json(
    ///         r#"{ "RoleName": "audit", "PolicyName": "buckets", "PolicyDocument": { "Version": "2012-10-17",
    ///              "Statement": [{ "Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*" }] } }"#,
    ///     )?
    ///     .with_json(r#"{ "AttachedPolicies": [{ "PolicyArn": "arn:aws:iam::aws:policy/SecurityAudit" }] }"#)?;
    /// assert_eq!((role.policies().len(), role.attached_policies().len()), (1, 1));
    /// # Ok::<(), runner_profiles::ReadRoleError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ReadRoleError`], with the place; also if the output is of another role, or has an inline policy that the role has already.
    pub fn with_json(mut self, json: &str) -> Result<Self, ReadRoleError> {
        let document = read(json)?;
        let (root, reading) = (document.root(), Reading { document: &document });
        if let Some(name) = root.member("RoleName") {
            let other = reading.name::<RoleName>(name)?;
            if other != self.name {
                let mistake = ReadRoleMistake::OtherRole { role: self.name, other };
                return Err(reading.error(name, mistake));
            }
        }
        let (attached, tags) = (root.member("AttachedPolicies"), root.member("Tags"));
        if root.member("PolicyDocument").is_some() {
            reading.inline(root, &mut self)?;
        } else if root.member(POLICY_VERSION).is_some() {
            return Err(ReadRoleError::at_root(ReadRoleMistake::OfNoPolicy));
        } else if attached.is_none() && tags.is_none() {
            return Err(ReadRoleError::at_root(ReadRoleMistake::NothingOfARole));
        }
        reading.attached(attached, &mut self)?;
        reading.tags(tags, &mut self.settings)?;
        Ok(self)
    }

    /// The role with the document of a managed policy that is attached to it: the output of `aws iam get-policy-version`, which does not
    /// have the ARN of the policy. Its version must be the default, which alone is in force.
    ///
    /// ```
    /// # use runner_profiles::Role;
    /// use runner_profiles::policy_core::evaluate::{Authorizer, Caller, Request};
    /// use runner_profiles::policy_core::names::PolicyArn;
    ///
    /// # let get_role = r#"{ "Role": { "RoleName": "audit", "Path": "/", "AssumeRolePolicyDocument": { "Version": "2012-10-17",
    /// #     "Statement": [{ "Effect": "Allow", "Principal": { "Service": "ec2.amazonaws.com" }, "Action": "sts:AssumeRole" }] } } }"#;
    /// # let list_attached_role_policies = r#"{ "AttachedPolicies": [{ "PolicyArn": "arn:aws:iam::111122223333:policy/buckets" }] }"#;
    /// let get_policy_version = r#"{ "PolicyVersion": { "VersionId": "v3", "IsDefaultVersion": true, "Document": {
    ///     "Version": "2012-10-17",
    ///     "Statement": [{ "Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*" }] } } }"#;
    /// let role = Role::from_json(get_role)?
    ///     .with_json(list_attached_role_policies)?
    ///     .with_policy_version(&PolicyArn::from_static("arn:aws:iam::111122223333:policy/buckets"), get_policy_version)?;
    /// let authorizer = Authorizer::builder().role(&role)?.build();
    /// let caller = Caller::from_arn("arn:aws:iam::111122223333:role/audit")?;
    /// assert!(authorizer.ask(&Request::new(caller, "s3:ListAllMyBuckets", "*")?).is_allowed());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ReadRoleError`], with the place; also if the policy is not attached to the role, or its document is known and another one.
    pub fn with_policy_version(mut self, policy: &PolicyArn, json: &str) -> Result<Self, ReadRoleError> {
        if !self.attached.contains(policy) {
            let (role, policy) = (self.name, policy.clone());
            return Err(ReadRoleError::at_root(ReadRoleMistake::NotAttached { role, policy }));
        }
        let document = read(json)?;
        let (root, reading) = (document.root(), Reading { document: &document });
        let version = reading.member(root, POLICY_VERSION)?;
        if let Some(is_default) = version
            .member("IsDefaultVersion")
            .filter(|is| is.as_scalar() == Some("false"))
        {
            return Err(reading.error(is_default, ReadRoleMistake::NotTheDefaultVersion));
        }
        let read = reading.policy(reading.member(version, "Document")?)?;
        let known = self.documents.insert(policy.clone(), read.clone());
        if known.is_some_and(|known| known != read) {
            return Err(ReadRoleError::at_root(ReadRoleMistake::ReadBefore(policy.name())));
        }
        Ok(self)
    }

    /// A role that exists, from its name and its trust policy as an SDK returns them. Its other policies are added by
    /// [`with_existing_policy`](Self::with_existing_policy) and [`with_managed_policy`](Self::with_managed_policy), its other
    /// properties by [`with_settings`](Self::with_settings).
    ///
    /// ```
    /// use runner_profiles::Role;
    ///
    /// // `role_name` and `assume_role_policy_document` of `aws_sdk_iam::types::Role`.
    /// let document = "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%7B%22Effect%22%3A%22Allow%22%2C%22Principal%22%3A%7B\
    ///                 %22Service%22%3A%22ecs-tasks.amazonaws.com%22%7D%2C%22Action%22%3A%22sts%3AAssumeRole%22%7D%7D";
    /// let role = Role::existing("maia-prod-task", document)?;
    /// assert!(role.trust().to_json().contains("ecs-tasks.amazonaws.com"));
    /// # Ok::<(), runner_profiles::ReadRoleError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ReadRoleError`]: the name or the trust policy is invalid.
    pub fn existing(name: &str, trust: &str) -> Result<Self, ReadRoleError> {
        let name = RoleName::new(name).map_err(|error| ReadRoleError::of("the name of the role", error))?;
        let trust = TrustPolicy::from_percent_encoded(trust)
            .map_err(|error| ReadRoleError::of(format!("the trust policy of `{name}`"), error))?;
        Ok(Self::with_any_trust(name, trust))
    }

    /// The role with an inline policy that it has, as an SDK returns it: percent-encoded.
    ///
    /// # Errors
    ///
    /// [`ReadRoleError`]: the name or the policy is invalid, or the role has a policy of this name already.
    pub fn with_existing_policy(mut self, name: &str, document: &str) -> Result<Self, ReadRoleError> {
        let place = || format!("the inline policy `{name}` of `{}`", self.name);
        let policy =
            IdentityPolicy::from_percent_encoded(document).map_err(|error| ReadRoleError::of(place(), error))?;
        let name = PolicyName::new(name).map_err(|error| ReadRoleError::of(place(), error))?;
        self.not_read(&name)
            .map_err(|mistake| ReadRoleError::of(place(), mistake))?;
        self.keep(InlinePolicy { name, policy });
        Ok(self)
    }

    /// That no policy of this name was read: IAM has each once.
    fn not_read(&self, name: &PolicyName) -> Result<(), ReadRoleMistake> {
        self.vacant(name).map_err(|_| ReadRoleMistake::ReadBefore(name.clone()))
    }

    /// Adds a policy where it is: it exists, so that it fits.
    fn keep(&mut self, inline: InlinePolicy) {
        self.placement.inline.push(inline.clone());
        self.own.push(inline);
    }
}

fn read(json: &str) -> Result<Document<'_>, ReadRoleError> {
    Document::read(json).map_err(|error| {
        let (line, column) = line_and_column(json, error.offset());
        ReadRoleError::of(format!("line {line}, column {column}"), ReadRoleMistake::Json(error))
    })
}

/// A document that roles are read from.
#[derive(Clone, Copy)]
struct Reading<'d> {
    document: &'d Document<'d>,
}

impl Reading<'_> {
    fn role(self, node: &Node<'_>) -> Result<Role, ReadRoleError> {
        let name = self.name(self.member(node, "RoleName")?)?;
        let trust = self.policy(self.member(node, TRUST)?)?;
        let mut role = Role::with_any_trust(name, trust);
        role.settings = self.settings(node)?;
        // The other names are those of `CloudFormation`, as `to_json` writes them.
        for list in ["RolePolicyList", "Policies"] {
            for inline in node.member(list).map_or(&[][..], Node::as_list) {
                self.inline(inline, &mut role)?;
            }
        }
        for managed in node.member("ManagedPolicies").map_or(&[][..], Node::as_list) {
            self.managed(managed, &mut role)?;
        }
        for arn in node.member("ManagedPolicyArns").map_or(&[][..], Node::as_list) {
            self.attach(arn, &mut role)?;
        }
        let attached = node.member("AttachedManagedPolicies");
        self.attached(attached, &mut role)?;
        // The same lists are in no other output.
        role.is_of_an_export = attached.is_some();
        Ok(role)
    }

    fn settings(self, node: &Node<'_>) -> Result<RoleSettings, ReadRoleError> {
        let mut settings = RoleSettings::new();
        if let Some(path) = node.member("Path") {
            settings = settings.with_path(self.name::<RolePath>(path)?);
        }
        if let Some(description) = node.member("Description") {
            let text = RoleDescription::new(self.text(description)?).map_err(|error| self.error(description, error))?;
            settings = settings.with_description(text);
        }
        if let Some(duration) = node.member("MaxSessionDuration") {
            let seconds = self.seconds(duration)?;
            let duration = SessionDuration::from_seconds(seconds).map_err(|error| self.error(duration, error))?;
            settings = settings.with_max_session_duration(duration);
        }
        if let Some(boundary) = node.member("PermissionsBoundary") {
            let arn = match boundary.value {
                Value::String(_) => boundary,
                _ => self.member(boundary, "PermissionsBoundaryArn")?,
            };
            settings = settings.with_permissions_boundary(self.name(arn)?);
        }
        self.tags(node.member("Tags"), &mut settings)?;
        Ok(settings)
    }

    fn tags(self, list: Option<&Node<'_>>, settings: &mut RoleSettings) -> Result<(), ReadRoleError> {
        for node in list.map_or(&[][..], Node::as_list) {
            let (key, value) = (
                self.text(self.member(node, "Key")?)?,
                self.text(self.member(node, "Value")?)?,
            );
            if key.starts_with("aws:") {
                continue;
            }
            let tag = Tag::new(key, value).map_err(|error| self.error(node, error))?;
            *settings = std::mem::take(settings)
                .with_tag(tag)
                .map_err(|error| self.error(node, error))?;
        }
        Ok(())
    }

    fn inline(self, node: &Node<'_>, role: &mut Role) -> Result<(), ReadRoleError> {
        let inline = self.named(node, "PolicyName", role)?;
        role.keep(inline);
        Ok(())
    }

    /// A managed policy of the role's own, as `to_json` writes it.
    fn managed(self, node: &Node<'_>, role: &mut Role) -> Result<(), ReadRoleError> {
        let own = self.named(node, "ManagedPolicyName", role)?;
        let InlinePolicy { name, policy } = own.clone();
        role.placement.managed.push(ManagedPolicy { name, policy });
        role.own.push(own);
        Ok(())
    }

    /// A policy with the name in this member, which the role does not have yet.
    fn named(self, node: &Node<'_>, member: &'static str, role: &Role) -> Result<InlinePolicy, ReadRoleError> {
        let name_node = self.member(node, member)?;
        let (name, policy) = (
            self.name(name_node)?,
            self.policy(self.member(node, "PolicyDocument")?)?,
        );
        role.not_read(&name).map_err(|mistake| self.error(name_node, mistake))?;
        Ok(InlinePolicy { name, policy })
    }

    fn attached(self, list: Option<&Node<'_>>, role: &mut Role) -> Result<(), ReadRoleError> {
        for node in list.map_or(&[][..], Node::as_list) {
            self.attach(self.member(node, "PolicyArn")?, role)?;
        }
        Ok(())
    }

    fn attach(self, arn: &Node<'_>, role: &mut Role) -> Result<(), ReadRoleError> {
        let arn = self.name(arn)?;
        if !role.attached.contains(&arn) {
            role.attached.push(arn);
        }
        Ok(())
    }

    /// The default version of a managed policy, if the document is an export that has it.
    fn managed_policy(self, arn: &PolicyArn) -> Result<Option<IdentityPolicy>, ReadRoleError> {
        let has = |node: &Node<'_>, name: &str, text: &str| node.member(name).and_then(Node::as_scalar) == Some(text);
        let policies = self.document.root().member("Policies").map_or(&[][..], Node::as_list);
        let policy = policies.iter().find(|policy| has(policy, "Arn", arn.as_str()));
        let versions = policy.and_then(|policy| policy.member("PolicyVersionList"));
        let mut versions = versions.map_or(&[][..], Node::as_list).iter();
        match versions.find(|version| has(version, "IsDefaultVersion", "true")) {
            Some(version) => self.policy(self.member(version, "Document")?).map(Some),
            None => Ok(None),
        }
    }

    fn member<'n>(self, node: &'n Node<'n>, name: &'static str) -> Result<&'n Node<'n>, ReadRoleError> {
        node.member(name)
            .ok_or_else(|| self.error(node, ReadRoleMistake::Missing(name)))
    }

    fn text<'n>(self, node: &'n Node<'n>) -> Result<&'n str, ReadRoleError> {
        let text = node.as_text().map(Text::written);
        text.ok_or_else(|| self.error(node, ReadRoleMistake::NotAString(node.type_name())))
    }

    fn name<N: Name>(self, node: &Node<'_>) -> Result<N, ReadRoleError> {
        N::parse_name(self.text(node)?).map_err(|error| self.error(node, error))
    }

    fn seconds(self, node: &Node<'_>) -> Result<u32, ReadRoleError> {
        let seconds = node.as_scalar().and_then(|seconds| seconds.parse().ok());
        seconds.ok_or_else(|| self.error(node, ReadRoleMistake::NotANumber))
    }

    /// A policy as an object, or as a string that is percent-encoded or not.
    fn policy<K: PolicyKind>(self, node: &Node<'_>) -> Result<Policy<K>, ReadRoleError> {
        let policy = match node.as_text() {
            Some(text) => Policy::from_percent_encoded(text.written()),
            None => Policy::from_document(&Document::new(node.clone())),
        };
        policy.map_err(|error| self.error(node, error))
    }

    fn error(self, node: &Node<'_>, mistake: impl Into<ReadRoleMistake>) -> ReadRoleError {
        match self.document.path_to(node.place) {
            Some(path) if !path.steps().is_empty() => ReadRoleError::of(format!("`{path}`"), mistake),
            _ => ReadRoleError::at_root(mistake),
        }
    }
}

impl From<RoleError> for ReadRoleMistake {
    fn from(error: RoleError) -> Self {
        Self::Role(error)
    }
}
