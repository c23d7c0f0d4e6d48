//! IP addresses and ranges.
//!
//! Sources: RFC 4632, RFC 4291; of private ones RFC 1918, 4193, 6598, 3927.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::Operand;
use crate::finding::{Code, Finding};
use crate::policy::{Condition, Operator};

pub(super) fn unfit(operand: &Operand<'_, '_>) -> Option<Finding> {
    match Range::read(operand.value) {
        Ok(range) => {
            let trimmed = range.trimmed();
            (trimmed != range).then(|| {
                operand
                    .finding(
                        Code::ImproveIpRange,
                        format!("the range `{}` does not begin at this address", operand.written),
                    )
                    .note("AWS leaves out the bits behind the prefix")
                    .help(format!("write `{trimmed}`"))
            })
        }
        Err(why) => Some(
            operand
                .finding(
                    Code::TypeMismatchIpRange,
                    format!("`{}` is no range of IP addresses: {}", operand.written, why.said()),
                )
                .note(format!(
                    "no value of `{}` compares with it",
                    operand.condition.key.written()
                ))
                .help(why.help()),
        ),
    }
}

/// `aws:SourceIp` is the public address from which a request comes; one through a VPC endpoint has no such key.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceip>
pub(super) fn private(condition: &Condition<'_>, operator: Operator) -> Option<Finding> {
    if !condition.is_on("aws:SourceIp") {
        return None;
    }
    let ranges: Vec<(Range, &str)> = condition
        .value
        .as_list()
        .iter()
        .map(|node| {
            let text = node.as_text()?;
            Some((Range::read(text.filled()).ok()?, text.written()))
        })
        .collect::<Option<_>>()?;
    let mut private = ranges.iter().filter(|(range, _)| range.is_private());
    let (_, first) = private.next()?;
    let all = private.count() + 1 == ranges.len();
    let key = condition.key.written();
    let (code, outcome) = match (operator.comparison.is_negated(), all) {
        (false, true) => (Code::PrivateIpAddress, "the condition is never met"),
        (true, true) => (Code::PrivateNotIpAddress, "the condition is always met"),
        (false, false) => (Code::PrivateIpAddressSubset, "no request comes from there"),
        (true, false) => (
            Code::PrivateNotIpAddressSubset,
            "whoever has a private address is not spared",
        ),
    };
    let what = if all {
        format!("only private addresses for `{key}`, which holds public ones")
    } else {
        format!("`{first}` is private, and `{key}` holds public addresses")
    };
    let finding = Finding::new(code, condition.value.place, what)
    .about(key)
    .note(format!("AWS accepts it; {outcome}"))
    .help("write the public ranges; for requests through a VPC endpoint compare `aws:VpcSourceIp`, together with `aws:SourceVpc`");
    Some(finding)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Range {
    address: IpAddr,
    prefix: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Why {
    Wildcard,
    Address,
    Prefix(u32),
    From,
}

impl Why {
    fn said(self) -> String {
        match self {
            Self::Wildcard => "it has a wildcard".to_owned(),
            Self::Address => "there is no such address".to_owned(),
            Self::Prefix(most) => format!("its prefix is not a number from 0 to {most}"),
            Self::From => "it is written from one address to another".to_owned(),
        }
    }

    const fn help(self) -> &'static str {
        match self {
            Self::Wildcard => "write the range by its prefix, such as `203.0.113.0/24` for `203.0.113.*`",
            _ => "write it in CIDR notation, such as `203.0.113.0/24` or `2001:db8::/32`",
        }
    }
}

impl Range {
    fn read(text: &str) -> Result<Self, Why> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().map_err(|_| {
            if text.contains(['*', '?']) {
                Why::Wildcard
            } else if text.matches('-').count() == 1 && text.matches('.').count() == 6 {
                Why::From
            } else {
                Why::Address
            }
        })?;
        let most = bits(address);
        let prefix = match prefix {
            None => most,
            Some(prefix) if prefix.bytes().all(|byte| byte.is_ascii_digit()) => prefix
                .parse()
                .ok()
                .filter(|prefix| *prefix <= most)
                .ok_or(Why::Prefix(most))?,
            Some(_) => return Err(Why::Prefix(most)),
        };
        Ok(Self { address, prefix })
    }

    /// The same range, named by its first address.
    fn trimmed(self) -> Self {
        let address = match self.address {
            IpAddr::V4(address) => {
                let mask = u32::MAX.checked_shl(32 - self.prefix).unwrap_or(0);
                IpAddr::V4(Ipv4Addr::from_bits(address.to_bits() & mask))
            }
            IpAddr::V6(address) => {
                let mask = u128::MAX.checked_shl(128 - self.prefix).unwrap_or(0);
                IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & mask))
            }
        };
        Self { address, ..self }
    }

    fn is_private(self) -> bool {
        const PRIVATE: [(IpAddr, u32); 9] = [
            (IpAddr::V4(Ipv4Addr::new(10, 0, 0, 0)), 8),
            (IpAddr::V4(Ipv4Addr::new(172, 16, 0, 0)), 12),
            (IpAddr::V4(Ipv4Addr::new(192, 168, 0, 0)), 16),
            (IpAddr::V4(Ipv4Addr::new(100, 64, 0, 0)), 10),
            (IpAddr::V4(Ipv4Addr::new(127, 0, 0, 0)), 8),
            (IpAddr::V4(Ipv4Addr::new(169, 254, 0, 0)), 16),
            (IpAddr::V6(Ipv6Addr::new(0xFC00, 0, 0, 0, 0, 0, 0, 0)), 7),
            (IpAddr::V6(Ipv6Addr::new(0xFE80, 0, 0, 0, 0, 0, 0, 0)), 10),
            (IpAddr::V6(Ipv6Addr::LOCALHOST), 128),
        ];
        PRIVATE.into_iter().any(|(address, prefix)| {
            let within = Self {
                address: self.address,
                prefix,
            };
            bits(self.address) == bits(address) && self.prefix >= prefix && within.trimmed().address == address
        })
    }
}

const fn bits(address: IpAddr) -> u32 {
    match address {
        IpAddr::V4(_) => 32,
        IpAddr::V6(_) => 128,
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.prefix)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by it")]
mod tests {
    use super::{Range, Why};

    #[test]
    fn ranges_are_read() {
        for good in [
            "203.0.113.0/24",
            "203.0.113.7",
            "0.0.0.0/0",
            "2001:db8::/32",
            "::1",
            "::/0",
        ] {
            let range = Range::read(good).unwrap();
            assert_eq!(range.trimmed(), range, "{good}");
        }
        assert_eq!(
            Range::read("203.0.113.7/24").unwrap().trimmed().to_string(),
            "203.0.113.0/24"
        );
        assert_eq!(Range::read("203.0.113.*"), Err(Why::Wildcard));
        assert_eq!(Range::read("203.0.113.0/33"), Err(Why::Prefix(32)));
        assert_eq!(Range::read("203.0.113.0/"), Err(Why::Prefix(32)));
        assert_eq!(Range::read("203.0.113"), Err(Why::Address));
        assert_eq!(Range::read("256.0.0.1"), Err(Why::Address));
        assert_eq!(Range::read("203.0.113.1-203.0.113.9"), Err(Why::From));
    }

    #[test]
    fn private_ranges_are_known() {
        let is_private = |text| Range::read(text).unwrap().is_private();
        assert!(is_private("10.1.0.0/16") && is_private("172.31.0.1") && is_private("fd00::/8"));
        assert!(!is_private("172.32.0.1") && !is_private("0.0.0.0/0") && !is_private("9.0.0.0/7"));
    }
}
