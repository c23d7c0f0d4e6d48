//! Policies in documents that are not templates: Terraform's plans and states, exports of accounts, what the AWS CLI returns,
//! resources of Kubernetes, configurations of the Serverless Framework.

mod plan;

use std::ops::Range;

use policy_core::catalogue;
use policy_core::document::{SyntaxError, decode_percent, is_percent_encoded};
use policy_core::policy::Kind;

use crate::around::{self, serverless};
use crate::assumption::Assumption;
use crate::cloudformation::{Dialect, Names, pulumi, sam};
use crate::item::{HoleKind, Item, Template, Value};
use crate::places::{self, Property};
use crate::reading::{Found, Unread};
use crate::terraform::Scope;
use crate::trail::Trail;
use crate::written::Written;
use crate::{found, shape, terraform};
use plan::{DEFERRED, NOT_PLANNED, Plan, address, of_instance};

/// The members that are trust policies, in the words of AWS, Terraform and Kubernetes.
const TRUST: [&str; 4] = [
    "AssumeRolePolicyDocument",
    "assumeRolePolicyDocument",
    "assume_role_policy",
    "assumeRolePolicy",
];

/// Members that repeat what is elsewhere in the document: those of an export's roles, and how a policy was before.
const REPEATED: [&str; 4] = ["InstanceProfileList", "before", "before_sensitive", "after_sensitive"];

/// What the functions and the variables of a document are.
pub(crate) fn dialect(root: &Item) -> Dialect {
    if is_pulumi(root) {
        Dialect::Pulumi
    } else if serverless::is_configuration(root) {
        Dialect::Serverless
    } else {
        Dialect::CloudFormation
    }
}

/// <https://www.pulumi.com/docs/iac/languages-sdks/yaml/yaml-language-reference/>
fn is_pulumi(root: &Item) -> bool {
    root.member("runtime").is_some() && root.member("resources").is_some()
}

/// Whether a member is a function of Pulumi that may make another policy of what it gets.
/// <https://www.pulumi.com/docs/iac/languages-sdks/yaml/yaml-language-reference/#built-in-functions>
fn is_changing(name: &str) -> bool {
    pulumi::function(name).is_some_and(|function| !matches!(function.as_str(), "tojson" | "secret"))
}

/// Finds the policies of a document, but for those of a part that is read already; `scope` is there if it is a configuration of
/// Terraform.
pub(crate) fn find(root: &Item, read: Option<&Item>, names: &Names<'_>, scope: Option<Scope<'_>>, found: &mut Found) {
    if is_list_of_constructs(root) {
        return;
    }
    let mut search = Search {
        names,
        type_of: None,
        scope,
        resource: String::new(),
        trail: Trail::default(),
        read: read.map(|item| item.place.clone()),
        serverless: serverless::is_configuration(root).then(|| serverless::Statements::of(root)),
        is_pulumi: is_pulumi(root),
        organization: None,
        plan: Plan::of(root),
        globals: Vec::new(),
        found,
    };
    if let Some((resource, spec)) = controlled(root) {
        let mut around = around::of(root);
        around.extend(around::of(spec));
        around.extend(around::of_repeated(root, "spec"));
        around.extend(around::of_repeated(spec, "forProvider"));
        search.within(around, |search| {
            for entry in spec.entries() {
                let name = entry.name().unwrap_or_default();
                if matches!(name, "forProvider" | "initProvider") {
                    search.resource.clone_from(&resource);
                    search.at(&format!("spec.{name}"), |search| search.properties(&entry.value));
                }
            }
        });
    } else {
        search.item(root, None);
    }
    found.fold();
}

/// A resource of Crossplane's provider for AWS, which has Terraform's names for types and properties in the spelling of
/// Kubernetes: `BucketPolicy` of `s3.aws.upbound.io` is `aws_s3_bucket_policy`.
/// <https://marketplace.upbound.io/providers/upbound/provider-family-aws>
fn controlled(root: &Item) -> Option<(String, &Item)> {
    let (group, _) = root.member("apiVersion")?.as_str()?.split_once('/')?;
    let (service, provider) = group.split_once('.')?;
    let spec = root
        .member("spec")
        .filter(|spec| spec.member("forProvider").is_some())?;
    let kind = root.member("kind")?.as_str()?;
    provider
        .starts_with("aws.")
        .then(|| (format!("aws_{service}_{}", snake(kind)), spec))
}

/// `BucketPolicy` and `assumeRolePolicy` as Terraform has them: `bucket_policy`, `assume_role_policy`.
fn snake(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 4);
    for (index, letter) in name.chars().enumerate() {
        if letter.is_ascii_uppercase() && index > 0 {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

/// The CDK's `tree.json` and `manifest.json` repeat what is in its templates.
fn is_list_of_constructs(root: &Item) -> bool {
    let version = root.member("version").and_then(Item::as_str);
    version.is_some_and(|version| version.starts_with("tree-")) || root.member("artifacts").is_some()
}

struct Search<'s> {
    names: &'s Names<'s>,
    /// The type of the resource of Terraform that is looked at; empty outside of resources.
    resource: String,
    /// Its argument `type`.
    type_of: Option<String>,
    /// What the names of a configuration of Terraform are, whose texts have interpolations.
    scope: Option<Scope<'s>>,
    trail: Trail,
    /// The part of the document that is read already.
    read: Option<Range<usize>>,
    /// What statements are used for, in a configuration of the Serverless Framework.
    serverless: Option<serverless::Statements>,
    is_pulumi: bool,
    /// The type of the policy of AWS Organizations whose `Content` is looked at.
    organization: Option<String>,
    plan: Option<Plan>,
    /// The sections `Globals` of the templates that are looked at.
    globals: Vec<sam::Globals>,
    found: &'s mut Found,
}

impl Search<'_> {
    /// Looks at a value, which is that of a member of this name.
    fn item(&mut self, item: &Item, name: Option<&str>) {
        match &item.value {
            Value::List(items) => {
                let steps = around::Steps::of(items);
                for (index, item) in items.iter().enumerate() {
                    // Where it is not one of several it was asked for.
                    if is_other_version(item) {
                        continue;
                    }
                    let before = self.trail.element(index);
                    self.within(steps.assumed(index, item), |search| search.item(item, name));
                    self.trail.back(&before);
                }
            }
            Value::Map(_) if self.is_of_another_language() => {}
            Value::Map(_) if shape::is_policy(item) => {
                let property = self.place(name);
                self.names.policy(self.found, &self.trail.address, item, property);
            }
            Value::Map(_) if self.read.as_ref() == Some(&item.place) || self.resource(item) || is_of_aws(item) => {}
            Value::Map(_) => self.within(around::of(item), |search| search.map(item)),
            Value::Text(template) => self.text(template, name),
            _ => {}
        }
    }

    /// Looks at the members of a value.
    fn map(&mut self, item: &Item) {
        let first = self.found.policies.len();
        let summary = item.member("PolicySummary").and_then(|summary| summary.member("Type"));
        let own = summary.and_then(Item::as_str).map(str::to_owned);
        let outer = std::mem::replace(&mut self.organization, own);
        let is_root = self.trail.address.is_empty();
        let shared = self.globals.len();
        if item.member("Resources").is_some() {
            self.globals.push(sam::Globals::of(item));
        }
        let members = match self.scope {
            // In a configuration of Terraform members with one name are several blocks.
            Some(_) => around::Members::default(),
            None => around::Members::of(item),
        };
        for entry in item.entries() {
            let Some(name) = entry.name().filter(|name| !REPEATED.contains(name)) else {
                continue;
            };
            if let Some(scope) = self.scope.filter(|_| is_root) {
                match name {
                    "resource" => {
                        self.blocks("", 2, &entry.value);
                        continue;
                    }
                    "module" => {
                        self.blocks("module", 1, &entry.value);
                        continue;
                    }
                    // A data source is not a policy itself: its arguments become one.
                    "data" => {
                        terraform::find_data_sources(&entry.value, scope, self.found);
                        continue;
                    }
                    _ => {}
                }
            }
            if self.plan.is_some() && is_root && NOT_PLANNED.contains(&name) {
                continue;
            }
            let mut around = members.assumed(entry);
            if self.plan.is_some() && is_root && name == DEFERRED {
                let reason = "Terraform puts it off to a later plan, which may make another policy of it";
                around.push(Assumption::new(entry.name_place.clone(), reason.to_owned()));
            }
            if self.serverless.is_some() && is_root {
                around.extend(serverless::of_member(entry));
            }
            if self.is_pulumi && is_changing(name) {
                around.push(Assumption::transformed(entry.name_place.clone(), name));
            }
            let before = self.trail.member(name);
            self.within(around, |search| {
                if let Some(own) = &search.serverless
                    && let Some(kind) = search.statements(name, &entry.value)
                {
                    let assumed = (kind == Kind::Identity).then(|| own.assumed(&search.trail.address, entry));
                    search.found.assumed.extend(assumed.flatten());
                    let item = found::statement(&entry.value);
                    let property = Some(Property::of_kind(kind));
                    search
                        .names
                        .policy(search.found, &search.trail.address, &item, property);
                } else {
                    search.item(&entry.value, Some(name));
                }
            });
            self.trail.back(&before);
        }
        self.organization = outer;
        self.globals.truncate(shared);
        // A resource of a template that is a part of the document.
        if let Some(own) = item.member("Type").and_then(Item::as_str) {
            let below = format!("{}.Properties", self.trail.address);
            for properties in item.members("Properties") {
                let assumed = sam::assumed(own, properties, self.globals.last());
                self.found.assume_below(first, &below, assumed);
            }
        }
        if self.is_pulumi {
            let properties = format!("{}.properties", self.trail.address);
            self.found
                .assume_below(first, &properties, around::ignored_by_pulumi(item));
        }
    }

    fn text(&mut self, template: &Template, name: Option<&str>) {
        if self.is_of_another_language() {
            return self.found.in_another_language(template);
        }
        let property = self.place(name);
        if let Some(scope) = self.scope
            && terraform::encoded(&self.trail.address, template, property, scope, self.found)
        {
            return;
        }
        let decoded = match template.as_written().and_then(decoded) {
            Some(Ok(decoded)) => Some(Template::of(decoded)),
            Some(Err((place, error))) => {
                let at = error.offset() + 1;
                let reason = format!("its percent-encoding is broken at character {at}: {error}");
                let unread = Unread::new(self.trail.address.clone(), place, reason);
                return self.found.refuse(unread);
            }
            None => None,
        };
        let template = if let Some(scope) = self.scope {
            scope.assumptions.take();
            let template = scope.interpolated(template);
            self.found.assumed = scope.assumptions.take();
            template
        } else {
            decoded.unwrap_or_else(|| self.names.text(template))
        };
        let template = &template;
        // `aws organizations describe-policy` has policies of other types too.
        let is_other = name == Some("Content") && self.organization.is_some() && property.is_none();
        let is_listed = || self.listed().is_some() && template.has_start();
        if (template.is_like_json() || is_listed()) && !is_other {
            self.found.text(&self.trail.address, template, property);
            if self.scope.is_some() {
                let holes = template.holes().cloned().collect();
                terraform::refuse_variables(&self.trail.address, holes, self.found);
            }
        }
        self.found.assumed.clear();
    }

    /// Looks at what is inside of something that may change it.
    fn within(&mut self, around: Vec<Assumption>, look: impl FnOnce(&mut Self)) {
        let outer = self.found.enter(around);
        look(self);
        self.found.leave(outer);
    }

    fn at(&mut self, name: &str, look: impl FnOnce(&mut Self)) {
        let before = self.trail.member(name);
        look(self);
        self.trail.back(&before);
    }

    /// Looks at the properties of a resource, whose type is known.
    fn properties(&mut self, properties: &Item) {
        self.trail.property.clear();
        self.type_of = properties.member("type").and_then(Item::as_str).map(str::to_owned);
        self.item(properties, None);
        self.type_of = None;
        self.resource.clear();
    }

    /// Looks at the blocks of a configuration of Terraform in JSON, which have so many labels:
    /// <https://developer.hashicorp.com/terraform/language/syntax/json>.
    fn blocks(&mut self, before: &str, labels: usize, value: &Item) {
        let Some(labels) = labels.checked_sub(1) else {
            for block in terraform::one_or_several(value) {
                let meta = terraform::Meta::of_item(block);
                let outer = std::mem::replace(&mut self.trail.address, before.to_owned());
                before
                    .split('.')
                    .next()
                    .filter(|own| *own != "module")
                    .unwrap_or_default()
                    .clone_into(&mut self.resource);
                let first = self.found.policies.len();
                self.within(meta.around, |search| search.properties(block));
                self.found.assume_below(first, before, meta.ignored);
                self.trail.address = outer;
            }
            return;
        };
        for entry in terraform::one_or_several(value).flat_map(Item::entries) {
            let Some(name) = entry.name() else { continue };
            let name = if before.is_empty() {
                name.to_owned()
            } else {
                format!("{before}.{name}")
            };
            self.blocks(&name, labels, &entry.value);
        }
    }

    /// Looks at a resource in a plan or a state of Terraform, whose own address is told instead of the path to it.
    fn resource(&mut self, item: &Item) -> bool {
        let text = |name: &str| item.member(name).and_then(Item::as_str);
        let Some(own) = text("type").filter(|own| own.starts_with("aws_")) else {
            return false;
        };
        let address = address(item, own);
        let changes = item.members("change").flat_map(|change| change.members("after"));
        let one = item.members("values").chain(changes).map(|values| (item, values));
        let instances = item.members("instances").flat_map(Item::list);
        let several =
            instances.flat_map(|instance| instance.members("attributes").map(move |values| (instance, values)));
        let all: Vec<(String, &Item)> = one
            .chain(several)
            .map(|(instance, values)| (format!("{address}{}", of_instance(instance)), values))
            .collect();
        if all.is_empty() {
            return item.member("change").is_some();
        }
        let is_data = text("mode") == Some("data");
        let repeated = ["values", "change", "instances"];
        let around = repeated.iter().filter_map(|name| around::of_repeated(item, name));
        let outer = self.found.enter(around.collect());
        for (address, values) in all {
            let is_old = |plan: &Plan| plan.is_old(&address, is_data, &self.trail.address);
            if self.plan.as_ref().is_some_and(is_old) {
                continue;
            }
            let before = std::mem::replace(&mut self.trail, Trail::at(address));
            own.clone_into(&mut self.resource);
            self.properties(values);
            self.trail = before;
        }
        self.found.leave(outer);
        true
    }

    /// What the table has of the property that is looked at.
    fn listed(&self) -> Option<Property> {
        places::property(&self.resource, &snake(&self.trail.property))
    }

    /// Whether it is a policy that is not one of IAM.
    fn is_of_another_language(&self) -> bool {
        self.listed()
            .is_some_and(|own| own.of_type(self.type_of.as_deref()).is_none())
    }

    fn place(&self, name: Option<&str>) -> Option<Property> {
        let own = self.listed();
        let by_resource = own.and_then(|own| own.of_type(self.type_of.as_deref()));
        if let (Some("Content"), Some(own)) = (name, &self.organization) {
            return places::property("AWS::Organizations::Policy", "Content")?.of_type(Some(own));
        }
        let is_trust = || name.is_some_and(|name| TRUST.contains(&name));
        by_resource.or_else(|| is_trust().then(|| Property::of_kind(Kind::Trust)))
    }

    /// The kind of the policy whose statements a member of a configuration of the Serverless Framework has:
    /// <https://www.serverless.com/framework/docs/providers/aws/guide/iam>,
    /// <https://www.serverless.com/framework/docs/providers/aws/events/apigateway#resource-policy>.
    fn statements(&self, name: &str, item: &Item) -> Option<Kind> {
        let is = |path: &str| self.trail.property.ends_with(path);
        let kind = if name == "iamRoleStatements" || is("iam.role.statements") {
            Kind::Identity
        } else if is("provider.resourcePolicy") || is("provider.apiGateway.resourcePolicy") {
            Kind::Resource
        } else {
            return None;
        };
        shape::has_statement(item).then_some(kind)
    }
}

/// Whether an item of an export is a version of a policy that is not in force.
fn is_other_version(item: &Item) -> bool {
    let is_default = item.member("IsDefaultVersion").map(|value| &value.value);
    matches!(is_default, Some(Value::Bool(false)))
}

/// Whether an item of an export is a policy of AWS's own, which nobody else can mend.
fn is_of_aws(item: &Item) -> bool {
    let arn = item.member("Arn").and_then(Item::as_str).unwrap_or_default();
    arn.split(':').nth(4) == Some("aws") && item.member("PolicyVersionList").is_some()
}

/// A policy that is percent-encoded, as IAM's API returns it. `None` of other text; of one that is not percent-encoding all through
/// the place and the reason, if it has a policy.
fn decoded(written: &Written) -> Option<Result<Written, (Range<usize>, SyntaxError)>> {
    let text = written.text();
    if !is_percent_encoded(text) {
        return None;
    }
    let decoded = match decode_percent(text) {
        Ok(decoded) => decoded,
        Err(error) if text.contains("Statement") => {
            let at = error.offset();
            return Some(Err((written.range(at..at + 1), error)));
        }
        Err(_) => return None,
    };
    let mut written_out = Written::default();
    for (index, character) in decoded.as_str().char_indices() {
        let encoded = decoded.encoded_range(index..index + character.len_utf8());
        if encoded.len() == character.len_utf8() {
            written_out.push_part(written, encoded);
        } else {
            written_out.push_as(character.encode_utf8(&mut [0; 4]), written.range(encoded));
        }
    }
    Some(Ok(written_out))
}

/// The texts of the Serverless Framework with its variables as holes: `${self:custom.bucket}`, `${file(x.yml):y}`. Those of Pulumi are
/// alike: `${bucket.arn}`.
/// <https://www.serverless.com/framework/docs/guides/variables>
pub(crate) fn with_variables(template: &Template) -> Template {
    with_holes(template, &|name| catalogue::condition_key(name).is_none())
}

/// The same with those `${...}` as holes whose names are these.
pub(crate) fn with_holes(template: &Template, is_hole: &dyn Fn(&str) -> bool) -> Template {
    template.replaced(&|written, from| {
        let mut at = from;
        while let Some((start, end)) = variable(written.text(), at) {
            let name = written.text().get(start + 2..end - 1).unwrap_or_default();
            if is_hole(name) {
                let hole = Template::hole(written.range(start..end), name, HoleKind::Unknown);
                return Some((start..end, hole));
            }
            at = end;
        }
        None
    })
}

/// The next `${...}` from here on, with others inside it.
fn variable(text: &str, from: usize) -> Option<(usize, usize)> {
    let start = from + text.get(from..)?.find("${")?;
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate().skip(start) {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 1 => return Some((start, at + 1)),
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}
