//! The operations that cannot be called without a role.

/// The role that an operation passes to a service whenever it is called.
pub(crate) struct PassedRole {
    /// The prefix and the name of the action that the operation is.
    pub service: &'static str,
    pub action: &'static str,
    /// `Role`, `IngestConfig.RoleArn`.
    pub parameter: &'static str,
    services: &'static str,
}

impl PassedRole {
    /// The service principals to which it may pass the role; none where AWS does not say.
    pub fn services(&self) -> impl Iterator<Item = &'static str> {
        self.services.split(' ').filter(|service| !service.is_empty())
    }
}

/// All of them, by service.
pub(crate) fn passed_roles() -> impl Iterator<Item = PassedRole> {
    include_str!("../../catalogue/passed-roles.txt")
        .lines()
        .filter_map(|line| {
            let (action, rest) = line.split_once(' ')?;
            let (service, action) = action.split_once(':')?;
            let (parameter, services) = rest.split_once(' ').unwrap_or((rest, ""));
            Some(PassedRole {
                service,
                action,
                parameter,
                services,
            })
        })
}
