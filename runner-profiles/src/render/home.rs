//! The places of a role's own partition, Region and account in a text.

use policy_core::arn::{ArnPattern, Field};
use policy_core::document::{Member, Node, Value};
use policy_core::names::{AccountId, Region};

use crate::{Role, Warning};

/// The Region and the account that roles were made for. A portable renderer replaces them, and the Region's partition,
/// by references to the place of deployment.
///
/// It replaces them in the fields of ARNs; if the account or the Region is a whole text, as in `aws:SourceAccount`; and
/// in `kms:ViaService`, whose values name the Region between two dots. Nowhere else: the digits of an account in a
/// bucket's name are part of a name that exists only in one account.
///
/// ```
/// use runner_profiles::policy_core::names::{AccountId, Region};
/// use runner_profiles::render::Home;
///
/// let home = Home::new(Region::from_static("eu-west-1"), AccountId::from_static("111122223333"));
/// assert_eq!(home.region().as_str(), "eu-west-1");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Home {
    region: Region,
    account_id: AccountId,
}

impl Home {
    /// This Region of this account.
    pub const fn new(region: Region, account_id: AccountId) -> Self {
        Self { region, account_id }
    }

    /// The Region.
    pub const fn region(&self) -> &Region {
        &self.region
    }

    /// The account.
    pub const fn account_id(&self) -> &AccountId {
        &self.account_id
    }

    /// The text in pieces: those that stay as they are, and the names of this home. `key` is the name of the innermost
    /// member that contains the text.
    pub(super) fn pieces<'t>(&self, text: &'t str, key: Option<&str>) -> Vec<Piece<'t>> {
        if text == self.account_id.as_str() {
            return vec![Piece::Account];
        }
        if text == self.region.as_str() {
            return vec![Piece::Region];
        }
        if key.is_some_and(|key| key.eq_ignore_ascii_case(VIA_SERVICE)) {
            return self.pieces_of_via_service(text);
        }
        match ArnPattern::parse(text) {
            Ok(arn) => self.pieces_of_arn(&arn),
            Err(_) => vec![Piece::Text(text)],
        }
    }

    /// Whether the text names another Region or another account. `key` is the name of the innermost member that contains it.
    fn is_not_of(&self, text: &str, key: Option<&str>) -> bool {
        let other_region =
            |name: &str| name != self.region.as_str() && Region::new(name).is_ok_and(|region| region.is_known());
        let other_account = |id: &str| id != self.account_id.as_str() && AccountId::new(id).is_ok();
        if key.is_some_and(|key| key.eq_ignore_ascii_case(VIA_SERVICE)) {
            return text.split('.').nth(1).is_some_and(other_region);
        }
        match ArnPattern::parse(text) {
            Ok(arn) => other_region(arn.region().as_str()) || other_account(arn.account().as_str()),
            Err(_) => other_region(text) || other_account(text),
        }
    }

    fn pieces_of_arn<'t>(&self, arn: &ArnPattern<'t>) -> Vec<Piece<'t>> {
        let partition = self.region.partition();
        let named = [
            (Field::Partition, partition.as_str(), Piece::Partition),
            (Field::Region, self.region.as_str(), Piece::Region),
            (Field::Account, self.account_id.as_str(), Piece::Account),
        ];
        let mut pieces = Vec::new();
        let mut done = 0;
        for (field, name, piece) in named {
            if arn.field(field).as_str() == name {
                let range = arn.range(field);
                pieces.extend(arn.as_str().get(done..range.start).map(Piece::Text));
                pieces.push(piece);
                done = range.end;
            }
        }
        pieces.extend(
            arn.as_str()
                .get(done..)
                .filter(|rest| !rest.is_empty())
                .map(Piece::Text),
        );
        pieces
    }

    /// `SERVICE.REGION.amazonaws.com`. Source: <https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html>
    fn pieces_of_via_service<'t>(&self, text: &'t str) -> Vec<Piece<'t>> {
        let whole = || vec![Piece::Text(text)];
        let Some((service, rest)) = text.split_once('.') else {
            return whole();
        };
        match rest.strip_prefix(self.region.as_str()) {
            Some(suffix) if suffix.starts_with('.') => {
                let service = text.get(..=service.len()).unwrap_or(text);
                vec![Piece::Text(service), Piece::Region, Piece::Text(suffix)]
            }
            _ => whole(),
        }
    }
}

const VIA_SERVICE: &str = "kms:ViaService";

/// The texts of the roles that stay as they are although they name a Region or an account, since it is another than the home's.
pub(super) fn elsewhere(roles: &[Role], home: &Home) -> Vec<Warning> {
    let mut found = Vec::new();
    let mut see = |text: &str, key: Option<&str>| {
        let warning = || Warning::Elsewhere {
            text: text.to_owned(),
            home: home.clone(),
        };
        if home.is_not_of(text, key) && !found.contains(&warning()) {
            found.push(warning());
        }
    };
    for role in roles {
        let inline = role.policies().iter().map(|inline| inline.policy.document());
        let managed = role.managed_policies().iter().map(|managed| managed.policy.document());
        for document in std::iter::once(role.trust().document()).chain(inline).chain(managed) {
            with_strings(document.root(), str::to_owned, &mut |text, key| {
                see(text, key);
                Node::string(String::new())
            });
        }
        let arns = role
            .attached_policies()
            .iter()
            .chain(role.settings().permissions_boundary());
        arns.for_each(|arn| see(arn.as_str(), None));
    }
    found
}

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    /// As it is.
    Text(&'t str),
    /// The partition of the home.
    Partition,
    /// Its Region.
    Region,
    /// Its account.
    Account,
}

/// The same value with every string replaced by `replaced`, which gets the string and the name of the innermost member
/// that contains it. `called` maps the names of members.
pub(super) fn with_strings<'a>(
    node: &Node<'a>,
    called: fn(&str) -> String,
    replaced: &mut dyn FnMut(&str, Option<&str>) -> Node<'a>,
) -> Node<'a> {
    with_strings_in(node, None, called, replaced)
}

fn with_strings_in<'a>(
    node: &Node<'a>,
    key: Option<&str>,
    called: fn(&str) -> String,
    replaced: &mut dyn FnMut(&str, Option<&str>) -> Node<'a>,
) -> Node<'a> {
    match &node.value {
        Value::String(text) => replaced(text.written(), key),
        Value::Array(elements) => {
            let elements = elements.iter();
            let elements = elements.map(|element| with_strings_in(element, key, called, replaced));
            Node::built(Value::Array(elements.collect()))
        }
        Value::Object(members) => {
            let members = members.iter().map(|member| {
                let name = member.name.written();
                Member::built(
                    called(name),
                    with_strings_in(&member.value, Some(name), called, replaced),
                )
            });
            Node::built(Value::Object(members.collect()))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => node.clone(),
    }
}

#[cfg(test)]
mod tests {
    use policy_core::names::{AccountId, Region};

    use super::{Home, Piece};

    #[test]
    fn what_names_another_region_or_account_is_told() {
        let home = Home::new(Region::from_static("eu-west-1"), AccountId::from_static("111122223333"));
        for (text, key, is_elsewhere) in [
            ("arn:aws:ecs:eu-west-1:111122223333:*", "", false),
            ("arn:aws:ecs:*:111122223333:*", "", false),
            ("arn:aws:ecs:us-east-1:111122223333:*", "", true),
            ("arn:aws:ecs:eu-west-1:444455556666:*", "", true),
            ("arn:aws:iam::aws:policy/ReadOnlyAccess", "", false),
            ("arn:aws:s3:::logs-444455556666-us-east-1/*", "", false),
            ("arn:aws:ec2:${aws:RequestedRegion}:111122223333:*", "", false),
            ("444455556666", "aws:SourceAccount", true),
            ("111122223333", "aws:SourceAccount", false),
            ("us-east-1", "aws:RequestedRegion", true),
            ("secretsmanager.us-east-1.amazonaws.com", "kms:ViaService", true),
            ("secretsmanager.eu-west-1.amazonaws.com", "kms:viaservice", false),
            ("secretsmanager.*.amazonaws.com", "kms:ViaService", false),
            ("ecs-tasks.amazonaws.com", "Service", false),
            ("2012-10-17", "Version", false),
        ] {
            assert_eq!(home.is_not_of(text, Some(key)), is_elsewhere, "{text}");
        }
    }

    #[test]
    fn only_what_names_the_home_is_a_piece_of_its_own() {
        let home = Home::new(Region::from_static("eu-west-1"), AccountId::from_static("111122223333"));
        let written = |text: &str, key: Option<&str>| {
            let pieces = home.pieces(text, key);
            let pieces = pieces.iter().map(|piece| match piece {
                Piece::Text(text) => text,
                Piece::Partition => "<P>",
                Piece::Region => "<R>",
                Piece::Account => "<A>",
            });
            pieces.collect::<String>()
        };
        for (text, wanted) in [
            ("111122223333", "<A>"),
            ("eu-west-1", "<R>"),
            ("1111222233334", "1111222233334"),
            ("arn:aws:ecs:eu-west-1:111122223333:*", "arn:<P>:ecs:<R>:<A>:*"),
            (
                "arn:aws:ecs:us-east-1:444455556666:*",
                "arn:<P>:ecs:us-east-1:444455556666:*",
            ),
            ("arn:*:ecs:*:111122223333:*", "arn:*:ecs:*:<A>:*"),
            ("arn:aws-cn:ecs:eu-west-1::*", "arn:aws-cn:ecs:<R>::*"),
            (
                "arn:aws:s3:::staging-111122223333-eu-west-1/*",
                "arn:<P>:s3:::staging-111122223333-eu-west-1/*",
            ),
            ("arn:aws:s3:::logs/${aws:userid}/*", "arn:<P>:s3:::logs/${aws:userid}/*"),
            (
                "secretsmanager.eu-west-1.amazonaws.com",
                "secretsmanager.eu-west-1.amazonaws.com",
            ),
            ("ecs-tasks.amazonaws.com", "ecs-tasks.amazonaws.com"),
            ("*", "*"),
            ("", ""),
        ] {
            assert_eq!(written(text, Some("aws:Anything")), wanted, "{text}");
        }
        for (text, wanted) in [
            (
                "secretsmanager.eu-west-1.amazonaws.com",
                "secretsmanager.<R>.amazonaws.com",
            ),
            ("s3.eu-west-1.amazonaws.com.cn", "s3.<R>.amazonaws.com.cn"),
            ("s3.eu-west-12.amazonaws.com", "s3.eu-west-12.amazonaws.com"),
            ("s3.*.amazonaws.com", "s3.*.amazonaws.com"),
        ] {
            assert_eq!(written(text, Some("kms:viaservice")), wanted, "{text}");
        }
    }
}
