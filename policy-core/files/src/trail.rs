//! Where a search for policies is.

use std::fmt::Write as _;

/// The address of what is looked at, and the path to it from the properties of its resource.
#[derive(Default)]
pub(crate) struct Trail {
    /// The address, with the numbers of elements: `Resources.Role.Properties.Policies[0]`.
    pub address: String,
    /// The path, without numbers.
    pub property: String,
}

/// Where a search was before it went on.
#[must_use = "a search goes back"]
pub(crate) struct Before {
    address: usize,
    property: usize,
}

impl Trail {
    /// A search that begins at this address.
    pub fn at(address: String) -> Self {
        Self {
            address,
            property: String::new(),
        }
    }

    /// Goes to a member.
    pub fn member(&mut self, name: &str) -> Before {
        let before = self.here();
        for path in [&mut self.address, &mut self.property] {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(name);
        }
        before
    }

    /// Goes to an element of a list.
    pub fn element(&mut self, index: usize) -> Before {
        let before = self.here();
        let _ = write!(self.address, "[{index}]");
        before
    }

    /// Goes back.
    pub fn back(&mut self, before: &Before) {
        self.address.truncate(before.address);
        self.property.truncate(before.property);
    }

    fn here(&self) -> Before {
        Before {
            address: self.address.len(),
            property: self.property.len(),
        }
    }
}
