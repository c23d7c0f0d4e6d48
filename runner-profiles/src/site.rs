//! A runner's Region and account, and the ARNs of its secrets and keys there.

use policy_core::names::{AccountId, KmsKeyArn, Region, SecretArn, SecretId};
use policy_core::policy::NonEmpty;

use crate::policies::keys::Via;
use crate::{KmsKey, RoleError, Secret, ViaServiceSuffix, Warning};

/// The Region and the account that a runner is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Site {
    pub(crate) region: Region,
    pub(crate) account_id: AccountId,
    pub(crate) via_service: Option<ViaServiceSuffix>,
}

impl Site {
    pub(crate) fn secret_arn(&self, secret: &Secret) -> Result<SecretArn, RoleError> {
        let here = |id: &SecretId| SecretArn::of(&self.region, &self.account_id, id);
        match secret {
            Secret::Name(name) => Ok(here(&SecretId::by_name(name))),
            Secret::Id(id) => Ok(here(id)),
            Secret::Arn(arn) => {
                self.reach(arn.as_str(), &arn.region())?;
                Ok(arn.clone())
            }
        }
    }

    pub(crate) fn key_arn(&self, key: &KmsKey) -> Result<KmsKeyArn, RoleError> {
        match key {
            KmsKey::Id(id) => Ok(KmsKeyArn::of(&self.region, &self.account_id, id)),
            KmsKey::Arn(arn) => {
                self.reach(arn.as_str(), &arn.region())?;
                Ok(arn.clone())
            }
        }
    }

    /// The ARNs of secrets, or `None` without secrets.
    pub(crate) fn secret_arns(&self, secrets: &[Secret]) -> Result<Option<NonEmpty<SecretArn>>, RoleError> {
        non_empty(secrets, |secret| self.secret_arn(secret))
    }

    /// The ARNs of keys, or `None` without keys.
    pub(crate) fn key_arns(&self, keys: &[KmsKey]) -> Result<Option<NonEmpty<KmsKeyArn>>, RoleError> {
        non_empty(keys, |key| self.key_arn(key))
    }

    /// How `kms:ViaService` names the service that uses one of these keys.
    pub(crate) fn via(&self, keys: &NonEmpty<KmsKeyArn>) -> Result<Via, RoleError> {
        let partition = self.region.partition();
        let suffix = ViaServiceSuffix::certain(&partition)
            .or(self.via_service)
            .ok_or(RoleError::ViaServiceUndecided { partition })?;
        let mut regions = NonEmpty::new(keys.first().region(), []);
        for region in keys.iter().map(KmsKeyArn::region) {
            if regions.iter().all(|other| *other != region) {
                regions.push(region);
            }
        }
        let region = self.region.clone();
        Ok(Via {
            suffix,
            regions,
            region,
        })
    }

    /// The warnings about these secrets, under these keys.
    pub(crate) fn warnings<'s>(
        &'s self,
        secrets: impl Iterator<Item = &'s Secret>,
        keys: &'s [KmsKey],
    ) -> impl Iterator<Item = Warning> {
        secrets.filter_map(|secret| match secret {
            Secret::Name(name) if name.ends_like_a_suffix() => Some(Warning::NameLikeAnId(name.clone())),
            Secret::Arn(arn) if keys.is_empty() && arn.account_id() != self.account_id => {
                Some(Warning::OtherAccountWithoutKey(arn.clone()))
            }
            _ => None,
        })
    }

    fn reach(&self, arn: &str, region: &Region) -> Result<(), RoleError> {
        if region.partition() == self.region.partition() {
            Ok(())
        } else {
            Err(RoleError::OtherPartition {
                arn: arn.to_owned(),
                region: self.region.clone(),
            })
        }
    }
}

/// The elements mapped by `make`, each once.
fn non_empty<T, U: PartialEq>(
    elements: &[T],
    make: impl Fn(&T) -> Result<U, RoleError>,
) -> Result<Option<NonEmpty<U>>, RoleError> {
    let mut all = Vec::new();
    for element in elements {
        let element = make(element)?;
        if !all.contains(&element) {
            all.push(element);
        }
    }
    Ok(NonEmpty::try_from(all).ok())
}
