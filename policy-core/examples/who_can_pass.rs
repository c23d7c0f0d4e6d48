//! Prints who can pass which role to which service, from the output of `aws iam get-account-authorization-details`.
//!
//! `cargo run -p policy-core --example who_can_pass DETAILS.json` reads yours.

use std::collections::BTreeMap;
use std::error::Error;
use std::{env, fs};

use policy_core::document::{Document, Node};
use policy_core::evaluate::{Authorizer, Builder as AuthorizerBuilder, Caller, Request};
use policy_core::policy::{IdentityPolicy, Policy, PolicyKind, PrincipalKey, ReadError, StatementRef, TrustPolicy};

fn main() -> Result<(), Box<dyn Error>> {
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/account.json").to_owned();
    let json = fs::read_to_string(env::args().nth(1).unwrap_or(example))?;
    let details = Document::read(&json)?;
    let [users, groups, roles, policies] =
        ["UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"].map(|name| list(details.root(), name));

    let mut managed: BTreeMap<&str, IdentityPolicy> = BTreeMap::new();
    for entity in policies {
        for version in list(entity, "PolicyVersionList") {
            if text(version, "IsDefaultVersion") == "true" {
                managed.insert(text(entity, "Arn"), policy(version, "Document")?);
            }
        }
    }
    println!("{:<12} {:<12} to", "who", "passes");
    for entity in users.iter().chain(roles) {
        let member_of: Vec<_> = list(entity, "GroupList").iter().filter_map(Node::as_scalar).collect();
        let is_of_entity = |group: &&Node<'_>| member_of.contains(&text(group, "GroupName"));
        let mut builder = Authorizer::builder();
        for owner in groups.iter().filter(is_of_entity).chain([entity]) {
            let inline = ["UserPolicyList", "GroupPolicyList", "RolePolicyList"].map(|name| list(owner, name));
            for inline in inline.into_iter().flatten() {
                builder = builder.identity(&policy(inline, "PolicyDocument")?);
            }
            let attached = list(owner, "AttachedManagedPolicies").iter();
            let attached = attached.filter_map(|policy| managed.get(text(policy, "PolicyArn")));
            builder = attached.fold(builder, AuthorizerBuilder::identity);
        }
        if let Some(boundary) = entity.member("PermissionsBoundary") {
            let boundary = managed.get(text(boundary, "PermissionsBoundaryArn"));
            builder = builder.boundary(boundary.ok_or("the boundary is not among the policies")?);
        }
        let authorizer = builder.build();
        let caller = Caller::from_arn(text(entity, "Arn"))?;
        for role in roles {
            let trust: TrustPolicy = policy(role, "AssumeRolePolicyDocument")?;
            let principals = trust.statements().flat_map(StatementRef::principals);
            for service in principals.filter(|principal| principal.key == PrincipalKey::Service) {
                let service = service.text.written();
                let request = Request::new(caller.clone(), "iam:PassRole", text(role, "Arn"))?;
                let request = request.with("iam:PassedToService", service)?;
                if authorizer.ask(&request).is_allowed() {
                    let who = [text(entity, "UserName"), text(entity, "RoleName")].concat();
                    println!("{who:<12} {:<12} {service}", text(role, "RoleName"));
                }
            }
        }
    }
    Ok(())
}

fn policy<K: PolicyKind>(object: &Node<'_>, name: &str) -> Result<Policy<K>, ReadError> {
    let document = object.member(name).cloned().unwrap_or_else(|| Node::string(""));
    Policy::from_document(&Document::new(document))
}

fn list<'d>(object: &'d Node<'d>, name: &str) -> &'d [Node<'d>] {
    object.member(name).map_or(&[], Node::as_list)
}

fn text<'d>(object: &'d Node<'d>, name: &str) -> &'d str {
    object.member(name).and_then(Node::as_scalar).unwrap_or_default()
}
