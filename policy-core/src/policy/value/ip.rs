//! IP addresses and ranges.
//!
//! Sources: RFC 4632, RFC 4291; of private ones RFC 1918, 4193, 6598, 3927.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A range of addresses in CIDR notation, or one address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct IpRange {
    address: IpAddr,
    prefix: u32,
}

/// Why a text is not a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoIpRange {
    Wildcard,
    Address,
    Prefix(u32),
    From,
}

impl NoIpRange {
    pub(crate) fn said(self) -> String {
        match self {
            Self::Wildcard => "a range cannot contain wildcards".to_owned(),
            Self::Address => "it is not a valid address".to_owned(),
            Self::Prefix(most) => format!("its prefix is not a number from 0 to {most}"),
            Self::From => "it is a range from one address to another".to_owned(),
        }
    }

    pub(crate) const fn help(self) -> &'static str {
        match self {
            Self::Wildcard => "write the range by its prefix, such as `203.0.113.0/24` for `203.0.113.*`",
            _ => "write it in CIDR notation, such as `203.0.113.0/24` or `2001:db8::/32`",
        }
    }
}

impl IpRange {
    pub(crate) fn read(text: &str) -> Result<Self, NoIpRange> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().map_err(|_| {
            if text.contains(['*', '?']) {
                NoIpRange::Wildcard
            } else if text.matches('-').count() == 1 && text.matches('.').count() == 6 {
                NoIpRange::From
            } else {
                NoIpRange::Address
            }
        })?;
        let most = bits(address);
        let prefix = match prefix {
            None => most,
            Some(prefix) if prefix.bytes().all(|byte| byte.is_ascii_digit()) => prefix
                .parse()
                .ok()
                .filter(|prefix| *prefix <= most)
                .ok_or(NoIpRange::Prefix(most))?,
            Some(_) => return Err(NoIpRange::Prefix(most)),
        };
        Ok(Self { address, prefix })
    }

    /// Whether the range contains an address; never if the IP versions differ.
    #[cfg(any(feature = "evaluate", test))]
    pub(crate) fn contains(self, address: IpAddr) -> bool {
        let there = Self { address, ..self };
        bits(address) == bits(self.address) && there.trimmed().address == self.trimmed().address
    }

    /// Whether it contains the IPv4-mapped address of an IPv4 address.
    #[cfg(any(feature = "evaluate", test))]
    pub(crate) fn contains_mapped(self, address: IpAddr) -> bool {
        match address {
            IpAddr::V4(address) => self.contains(IpAddr::V6(address.to_ipv6_mapped())),
            IpAddr::V6(_) => false,
        }
    }

    /// The same range, written with its first address.
    pub(crate) fn trimmed(self) -> Self {
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

    pub(crate) fn is_private(self) -> bool {
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

impl fmt::Display for IpRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.prefix)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by it")]
mod tests {
    use super::{IpRange, NoIpRange};

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
            let range = IpRange::read(good).unwrap();
            assert_eq!(range.trimmed(), range, "{good}");
        }
        assert_eq!(
            IpRange::read("203.0.113.7/24").unwrap().trimmed().to_string(),
            "203.0.113.0/24"
        );
        assert_eq!(IpRange::read("203.0.113.*"), Err(NoIpRange::Wildcard));
        assert_eq!(IpRange::read("203.0.113.0/33"), Err(NoIpRange::Prefix(32)));
        assert_eq!(IpRange::read("203.0.113.0/"), Err(NoIpRange::Prefix(32)));
        assert_eq!(IpRange::read("203.0.113"), Err(NoIpRange::Address));
        assert_eq!(IpRange::read("256.0.0.1"), Err(NoIpRange::Address));
        assert_eq!(IpRange::read("203.0.113.1-203.0.113.9"), Err(NoIpRange::From));
    }

    #[test]
    fn private_ranges_are_known() {
        let is_private = |text| IpRange::read(text).unwrap().is_private();
        assert!(is_private("10.1.0.0/16") && is_private("172.31.0.1") && is_private("fd00::/8"));
        assert!(!is_private("172.32.0.1") && !is_private("0.0.0.0/0") && !is_private("9.0.0.0/7"));
    }

    #[test]
    fn a_range_contains_its_addresses() {
        let contains = |range, address: &str| IpRange::read(range).unwrap().contains(address.parse().unwrap());
        assert!(contains("203.0.113.0/24", "203.0.113.255") && contains("203.0.113.9/24", "203.0.113.1"));
        assert!(contains("0.0.0.0/0", "1.2.3.4") && contains("2001:db8::/32", "2001:db8:1::1"));
        assert!(!contains("203.0.113.0/24", "203.0.114.0") && !contains("0.0.0.0/0", "::1"));
        let is_mapped = |range, address: &str| IpRange::read(range).unwrap().contains_mapped(address.parse().unwrap());
        assert!(is_mapped("::ffff:203.0.113.0/120", "203.0.113.9") && is_mapped("::ffff:0:0/96", "1.2.3.4"));
        assert!(is_mapped("::/0", "1.2.3.4") && is_mapped("::ffff:0:0/90", "1.2.3.4"));
        assert!(!is_mapped("::ffff:203.0.113.0/120", "203.0.114.9") && !is_mapped("2001:db8::/32", "1.2.3.4"));
        assert!(contains("203.0.113.7", "203.0.113.7") && !contains("203.0.113.7", "203.0.113.8"));
    }
}
