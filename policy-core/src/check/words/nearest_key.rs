//! What was meant by a condition key that AWS does not have.

use crate::catalogue::{self, Service};
use crate::collected::CollectVec;
use crate::spelling::{begins, longest_start, nearest};

/// The known key that a misspelt one is nearest to, with the tag that it was given.
pub(in crate::check) fn nearest_key(key: &str, services: &[Service]) -> Option<String> {
    let (_, name) = key.split_once(':').unwrap_or(("", key));
    if let Some(meant) = of_any_prefix(name, services) {
        return Some(meant);
    }
    let mut heads = Vec::new();
    let mut whole = Vec::new();
    for known in all_keys(key, services) {
        match known.find(['$', '<']) {
            Some(at) if known.len() == known.find(['}', '>']).map_or(0, |end| end + 1) => {
                heads.extend(known.get(..at));
            }
            Some(_) => {}
            None => whole.push(known),
        }
    }
    if let Some(meant) = with_sign(key, &heads) {
        return Some(meant);
    }
    if let Some((head, tag)) = key.split_once('/')
        && let Some(meant) = nearest(head, heads.iter().filter_map(|head| head.strip_suffix('/')))
        && !tag.is_empty()
    {
        return Some(format!("{meant}/{tag}"));
    }
    let meant = begun(key, &whole)
        .or_else(|| nearest_name(key, &whole))
        .or_else(|| overdone(key, &whole))
        .or_else(|| nearest(key, whole.iter().copied()).filter(|_| !is_known_prefix(key, &whole)));
    meant.map(str::to_owned)
}

/// The key of a tag with another sign in front of it: `aws:ResourceTag/team` for `aws:ResourceTag:team`.
fn with_sign(key: &str, heads: &[&str]) -> Option<String> {
    heads.iter().find_map(|head| {
        let name = head.strip_suffix(['/', ':'])?;
        let tag = key.get(name.len()..)?.strip_prefix(['/', ':', '.'])?;
        (begins(key, name) && !begins(key, head) && !tag.is_empty()).then(|| format!("{head}{tag}"))
    })
}

/// The keys that could be meant: the global ones, those of the key's own service, and those of the statement's services.
pub(in crate::check) fn all_keys(key: &str, services: &[Service]) -> Vec<&'static str> {
    let mut keys: Vec<&'static str> = catalogue::global_condition_keys().map(|key| key.name()).collect_vec();
    let prefix = key.split_once(':').map_or("", |(prefix, _)| prefix);
    let mut add = |service: &Service, prefix: &str| {
        for key in service.condition_keys() {
            if begins(key.name(), prefix) {
                keys.push(key.name());
            }
        }
    };
    if let Some(own) = catalogue::service(prefix)
        && !services.contains(&own)
    {
        add(&own, "");
    }
    for service in services {
        add(service, "");
    }
    // `saml:` is not the prefix of a service.
    for home in catalogue::services_of_key_prefix(prefix) {
        if !services.contains(&home) {
            add(&home, prefix);
        }
    }
    keys
}

/// The known key of the same prefix whose name is nearest: the prefix is not part of what was misspelt.
fn nearest_name<'k>(key: &str, known: &[&'k str]) -> Option<&'k str> {
    let (prefix, name) = key.split_once(':')?;
    let (mut of_prefix, mut names) = (Vec::new(), Vec::new());
    for known in known {
        if let Some((other, name)) = known.split_once(':')
            && other.eq_ignore_ascii_case(prefix)
        {
            of_prefix.push(*known);
            names.push(name);
        }
    }
    let near = nearest(name, names.iter().copied())?;
    let at = names.iter().position(|name| *name == near)?;
    of_prefix.get(at).copied()
}

fn is_known_prefix(key: &str, known: &[&str]) -> bool {
    key.split_once(':').is_some_and(|(prefix, _)| {
        known
            .iter()
            .filter_map(|known| known.split_once(':'))
            .any(|(other, _)| other.eq_ignore_ascii_case(prefix))
    })
}

/// The shortest known key that begins so: `aws:PrincipalOrgID` for `aws:PrincipalOrg`.
fn begun<'k>(key: &str, known: &[&'k str]) -> Option<&'k str> {
    let (_, name) = key.split_once(':')?;
    let mut shortest: Option<&str> = None;
    for known in known {
        if name.len() > 3 && begins(known, key) && shortest.is_none_or(|shortest| known.len() < shortest.len()) {
            shortest = Some(known);
        }
    }
    shortest
}

/// The longest known key that it begins with: `aws:SourceIp` for `aws:SourceIpAddress`.
fn overdone<'k>(key: &str, known: &[&'k str]) -> Option<&'k str> {
    // The names of claims are short: `saml:aud` for `saml:audience`.
    let is_of_claims = key
        .split_once(':')
        .is_some_and(|(prefix, _)| catalogue::services_of_key_prefix(prefix).next().is_some());
    let least = if is_of_claims { 3 } else { 6 };
    longest_start(key, known.iter().copied())
        .filter(|known| known.split_once(':').is_some_and(|(_, name)| name.len() >= least))
}

/// The known key of this name, when only its prefix was wrong or lacking.
pub(in crate::check) fn of_any_prefix(name: &str, services: &[Service]) -> Option<String> {
    all_keys("", services).into_iter().find_map(|known| {
        // Of `${Host}.${Domain}:sub` the prefix is nothing to write.
        let (prefix, _) = known.split_once(':').filter(|(prefix, _)| !prefix.contains('$'))?;
        catalogue::key_matches(known, &format!("{prefix}:{name}")).then(|| {
            if known.contains(['$', '<']) {
                format!("{prefix}:{name}")
            } else {
                known.to_owned()
            }
        })
    })
}
