//! Policies that cases name by their address in a file, as `policy list` prints it.

use std::path::Path;

use policy_core::document::Document;
use policy_core::spelling::nearest;
use policy_files::{FilePolicy, Reader};

use crate::arguments::today;
use crate::config::{Configs, NAME};
use crate::files::Input;
use crate::inside;
use crate::kind::KindName;

/// The number of addresses that a message lists.
const FEW: usize = 5;

/// What has been read of files and of those beside them.
#[derive(Default)]
pub struct Addressed {
    reader: Reader,
    configs: Configs,
}

impl Addressed {
    /// The policy at an address in the file at `path`, which has this text; without an address, the only one.
    pub fn find(&mut self, path: &Path, text: &str, address: &str) -> Result<Document<'static>, String> {
        let input = Input {
            path: path.to_owned(),
            kind: KindName::Auto,
            named: true,
            leads_out: false,
            size: 0,
            config: None,
        };
        let reading = inside::read(&input, text, &mut self.reader).map_err(|refused| refused.reason)?;
        let policy = at(reading.policies(), address)?.clone();
        let own = self.configs.of_path(path, today()).map_err(|lines| lines.join("; "))?;
        let policy = match own {
            Some(own) => own.filled(policy),
            None => policy,
        };
        let holes = policy.holes();
        if !holes.is_empty() {
            let names = listed(holes.iter().map(String::as_str));
            return Err(format!(
                "the values of {names} are only known when it is deployed; write them in `[holes]` of `{NAME}`, or name the policy in the \
                 JSON of a plan, which has them"
            ));
        }
        match policy.documents() {
            [only] => Ok(only.clone()),
            several => Err(format!(
                "conditions of the file decide which of {} policies it is; name the policy in the JSON of a plan",
                several.len()
            )),
        }
    }
}

/// The policy at an address, or the only one below it: `aws_iam_role.reader` for `aws_iam_role.reader.assume_role_policy`.
fn at<'p>(policies: &'p [FilePolicy], address: &str) -> Result<&'p FilePolicy, String> {
    if let Some(exact) = policies.iter().find(|policy| policy.address() == address) {
        return Ok(exact);
    }
    let is_below = |policy: &&FilePolicy| {
        let rest = policy.address().strip_prefix(address);
        address.is_empty() || rest.is_some_and(|rest| rest.starts_with(['.', '[']))
    };
    let below: Vec<&FilePolicy> = policies.iter().filter(is_below).collect();
    let addresses = |policies: &[&'p FilePolicy]| listed(policies.iter().map(|policy| policy.address()));
    match below.as_slice() {
        [only] => Ok(only),
        [] if policies.is_empty() => Err("the file has no policy".to_owned()),
        [] => {
            let all: Vec<&FilePolicy> = policies.iter().collect();
            let near = nearest(address, all.iter().map(|policy| policy.address()));
            Err(match near {
                Some(near) => format!("no policy has this address; did you mean `{near}`?"),
                None => format!("no policy has this address; write one of {}", addresses(&all)),
            })
        }
        several => Err(format!(
            "there are several policies; write one of {}",
            addresses(several)
        )),
    }
}

fn listed<'a>(names: impl ExactSizeIterator<Item = &'a str>) -> String {
    let more = if names.len() > FEW { ", ..." } else { "" };
    let first: Vec<String> = names.take(FEW).map(|name| format!("`{name}`")).collect();
    format!("{}{more}", first.join(", "))
}
