//! `resource_arn!`: a type for the ARNs of a resource type, from the catalogue.

use std::ops::Range;

use policy_core::__macro::v1::check::{catalogue_note, own_format, own_name, resource_type as written_as};
use policy_core::__macro::v1::hole::kebab;
use policy_core::__macro::v1::list::CollectVec;
use policy_core::arn::{ArnFormat, Field};
use policy_core::catalogue::markdown::page_address;
use policy_core::catalogue::{self, ResourceType};
use policy_core::document::Place;
use policy_core::names::{ArnKind, NameKind};
use policy_core::spelling::nearest;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

use crate::expand::cfgs;
use crate::header::{self, Header, Name};
use crate::literal;
use crate::report::{Mistake, Report};
use crate::token::{Input, Token, joined, place};

/// The expansion of a `resource_arn!`.
pub fn expand(input: &Input) -> TokenStream {
    let mut report = Report::default();
    let (header, name, at) = match header::read_arn(&input.tokens, &mut report) {
        Ok(read) => read,
        Err(mistake) => return mistake.to_error(input),
    };
    let written = match input.tokens.get(at) {
        Some(Token::Literal(literal)) => literal::text(literal).unwrap_or_default(),
        _ => String::new(),
    };
    if let Some(mistake) = derive(input, &header) {
        report.push(mistake);
        return report.into_errors(input);
    }
    let here = place(at..at + 1);
    let found = resource_type(&written, here).and_then(|found| match own_format(found) {
        Ok(format) => Ok((format, found)),
        Err(none) => Err(Mistake::new(here, none.what).help(none.help)),
    });
    if let Ok((format, found)) = &found
        && let Some(mistake) = taken(&name, *found, *format)
    {
        report.push(mistake);
    }
    match found {
        Ok((format, found)) => joined(&[report.into_errors(input), items(input, &header, &name, found, format)]),
        Err(mistake) => {
            report.push(mistake);
            report.into_errors(input)
        }
    }
}

/// The mistake of a `#[derive]`, which the compiler does not accept before what the type is: an alias.
fn derive(input: &Input, header: &Header) -> Option<Mistake> {
    let is_derive = |attribute: &&Range<usize>| {
        let words = input.tokens.get((*attribute).clone()).unwrap_or_default();
        words
            .iter()
            .any(|token| matches!(token, Token::Ident(word) if *word == "derive"))
    };
    let attribute = header.attributes.iter().find(is_derive)?;
    let mistake = Mistake::new(
        place(attribute.clone()),
        "the type of a `resource_arn!` has no `#[derive]`".to_owned(),
    );
    Some(mistake.note(
        "it is an alias of `policy_core::names::ArnOf`, which has `Clone`, `Debug`, `PartialEq`, `Eq`, `PartialOrd`, `Ord` and `Hash`, and with \
         the feature `serde` of `policy-core` `Serialize` and `Deserialize`",
    ).help("remove the attribute"))
}

/// The mistake of the name of a type of `policy-core` for the ARNs of another resource type.
fn taken(name: &Name, found: ResourceType, format: ArnFormat<'_>) -> Option<Mistake> {
    let kind = NameKind::from_type_name(&name.text)?;
    if matches!(kind, NameKind::Arn(known) if known.format() == format.as_str()) {
        return None;
    }
    let what = format!(
        "`{}` is the name of a type of `policy_core::names`: {}",
        name.text,
        kind.noun()
    );
    let mistake = Mistake::new(name.place(), what);
    let mistake =
        mistake.note("`policy!` knows the type of a field by its name, and would take this type for that one");
    Some(match ArnKind::of_format(format) {
        Some(known) => mistake.help(format!(
            "use `policy_core::names::{}`, which is the type of these ARNs, and remove this one",
            known.type_name()
        )),
        None => mistake.help(format!("write `{}`", own_name(found))),
    })
}

/// The resource type of this name.
fn resource_type(written: &str, here: Place) -> Result<ResourceType, Mistake> {
    if let Some(cloudformation) = written.strip_prefix("AWS::") {
        return Err(of_cloudformation(written, cloudformation, here));
    }
    let Some((prefix, name)) = written.split_once(':') else {
        return Err(Mistake::new(here, format!("`{written}` is not a resource type"))
            .help("write the service prefix, a colon and the name of the type, such as `qldb:ledger`"));
    };
    let Some(service) = catalogue::service(prefix) else {
        let mistake = Mistake::new(here, format!("`{prefix}` is not the prefix of a service")).note(catalogue_note());
        return Err(mistake.help(instead_of_service(prefix, name)));
    };
    match service.resource_type(name) {
        Some(found) if found.name() == name && service.prefix() == prefix => Ok(found),
        Some(found) => Err(Mistake::new(
            here,
            format!("the resource type is written `{}:{}`", service.prefix(), found.name()),
        )
        .help(format!("write `{}:{}`", service.prefix(), found.name()))),
        None => {
            let prefix = service.prefix();
            let mistake = Mistake::new(here, format!("`{prefix}` does not have the resource type `{name}`"))
                .note(catalogue_note());
            Err(match types_like(service, name).as_slice() {
                [] if service.resource_types().next().is_none() => {
                    mistake.note(format!("`{prefix}` does not have resource types"))
                }
                [] => mistake.help(any_type_of(service)),
                [meant] => mistake.help(format!("write {meant}")),
                [others @ .., last] => mistake.help(format!("write {} or {last}", others.join(", "))),
            })
        }
    }
}

/// The mistake of a name of `CloudFormation`, whose words are mostly those of the catalogue.
fn of_cloudformation(written: &str, words: &str, here: Place) -> Mistake {
    let mistake = Mistake::new(
        here,
        format!("`{written}` is the name of a resource type in CloudFormation, not in policies"),
    );
    let (service, name) = words.split_once("::").unwrap_or((words, ""));
    let service = catalogue::service(&service.to_ascii_lowercase());
    let found = service.and_then(|service| service.resource_type(name));
    match (found, service) {
        (Some(found), _) => mistake.help(format!("write `{}`", written_as(found))),
        (None, Some(service)) => mistake.help(any_type_of(service)),
        (None, None) => {
            mistake.help("write the service prefix, a colon and the name of the type, such as `qldb:ledger`")
        }
    }
}

/// What to write for a prefix that no service has: of the services that have the resource type, the one with the nearest prefix.
fn instead_of_service(prefix: &str, name: &str) -> String {
    let having = || catalogue::services().filter(|service| service.resource_type(name).is_some());
    if let Some(meant) = nearest(prefix, having().map(catalogue::Service::prefix)) {
        return format!("write `{meant}:{name}`");
    }
    let meant = nearest(prefix, catalogue::services().map(catalogue::Service::prefix));
    if let Some(service) = meant.and_then(catalogue::service) {
        return any_type_of(service);
    }
    let mut having = having();
    match (having.next(), having.next()) {
        (Some(only), None) => format!("write `{}:{name}`", only.prefix()),
        _ => "write the prefix of the service's actions, such as `qldb`".to_owned(),
    }
}

/// The most types that a message lists.
const MOST: usize = 3;

/// The resource types of a service that are spelt nearly like a name, or contain it as a word.
fn types_like(service: catalogue::Service, name: &str) -> Vec<String> {
    let names = || service.resource_types().map(|found| found.name());
    let quoted = |name: &str| format!("`{}:{name}`", service.prefix());
    if let Some(meant) = nearest(name, names()) {
        return vec![quoted(meant)];
    }
    let words = |name: &str| -> Vec<String> { kebab(name).split('-').map(str::to_owned).collect_vec() };
    let wanted = words(name);
    let has_all = |name: &&str| {
        let words = words(name);
        wanted.iter().all(|word| words.contains(word))
    };
    names().filter(has_all).take(MOST).map(quoted).collect_vec()
}

/// Some resource types of a service, and where all of them are.
fn any_type_of(service: catalogue::Service) -> String {
    let all = service
        .resource_types()
        .map(|found| format!("`{}:{}`", service.prefix(), found.name()));
    let all: Vec<String> = all.collect_vec();
    match all.as_slice() {
        [] => format!(
            "write the prefix of another service: `{}` does not have resource types",
            service.prefix()
        ),
        [only] => format!("write {only}"),
        [first, second, third, _, ..] => format!(
            "write a resource type of `{}`, such as {first}, {second} or {third}; all of them are in {}",
            service.prefix(),
            page_address(service)
        ),
        [others @ .., last] => format!("write {} or {last}", others.join(", ")),
    }
}

fn items(input: &Input, header: &Header, name: &Name, found: ResourceType, format: ArnFormat<'_>) -> TokenStream {
    let core = header.core.as_ref().map_or_else(
        || quote!(::policy_core),
        |path| input.written(path.clone()).into_token_stream(),
    );
    let ident = |text: &str| Ident::new(text, Span::call_site());
    let mut attributes = TokenStream::new();
    for attribute in &header.attributes {
        input.written(attribute.clone()).to_tokens(&mut attributes);
    }
    let cfgs = cfgs(input, &header.cfgs);
    let (visibility, alias) = (input.written(header.visibility.clone()), input.written(name.range()));
    // The compiler shows the type as `ArnOf<Ledger>`.
    let marker = ident(
        name.text
            .strip_suffix("Arn")
            .filter(|rest| !rest.is_empty())
            .unwrap_or(&name.text),
    );
    let module = ident(&format!("__resource_type_of_{}", name.text));
    let resource_type = written_as(found);
    let noun = format!("the ARN of a resource of type `{resource_type}`");
    let (type_name, text, sample) = (&name.text, format.as_str(), sample(format));
    let is_variable = |field| format.field(field).starts_with("${");
    let parts = format.variables(Field::Resource).count();
    let last = parts.saturating_sub(1);
    let mut fields = TokenStream::new();
    let (in_region, in_account) = (is_variable(Field::Region), is_variable(Field::Account));
    let is_one_name = parts == 1 && text.ends_with('}') && !text.ends_with("WithPath}");
    let has_none = format.field(Field::Region).is_empty() && format.field(Field::Account).is_empty();
    for (has, field) in [
        (in_region, "InRegion"),
        (in_account, "InAccount"),
        (is_one_name && in_region && in_account, "OneName"),
        (
            is_one_name && in_account && format.field(Field::Region).is_empty(),
            "OneNameInAccount",
        ),
        (is_one_name && has_none, "OneNameInPartition"),
    ] {
        if has {
            let field = ident(field);
            quote!(#cfgs impl #core::names::#field for #module::#marker {}).to_tokens(&mut fields);
        }
    }
    quote! {
        #cfgs
        #[doc(hidden)]
        #[allow(non_snake_case)]
        mod #module {
            #[derive(Debug)]
            pub enum #marker {}
        }
        #attributes
        #visibility type #alias = #core::names::ArnOf<#module::#marker>;
        #cfgs
        impl #core::names::ArnType for #module::#marker {
            type Name = #core::names::ResourcePart;
            const NAME: usize = #last;
            const FACTS: &'static #core::names::ArnFacts = &#core::names::ArnFacts {
                type_name: #type_name,
                noun: #noun,
                resource_type: #resource_type,
                format: #text,
                sample: #sample,
                owner: #core::names::Owner::Account,
                parts: &[],
            };
        }
        #fields
    }
}

/// An ARN of the format, in which the names are those of the variables: `ledger/LedgerName`.
fn sample(format: ArnFormat<'_>) -> String {
    let text = format
        .as_str()
        .replace("${Partition}", "aws")
        .replace("${Region}", "eu-west-1")
        .replace("${Account}", "111122223333");
    text.replace("${", "").replace('}', "")
}
