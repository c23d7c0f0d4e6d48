//! A runner's Region and account, and the ARNs of its resources there.

use policy_core::names::{
    AccountId, ArnOf, BucketArn, InAccount, KmsKeyArn, LogGroupArn, Region, RepositoryArn, ResourceArn, SecretArn,
    SecretId,
};
use policy_core::policy::NonEmpty;

use crate::policies::keys::Via;
use crate::{EcrRepository, KmsKey, LogGroup, RoleError, S3Bucket, Secret, ViaServiceSuffix, Warning};

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
            Secret::Arn(arn) => self.reach(arn),
        }
    }

    pub(crate) fn key_arn(&self, key: &KmsKey) -> Result<KmsKeyArn, RoleError> {
        match key {
            KmsKey::Id(id) => Ok(KmsKeyArn::of(&self.region, &self.account_id, id)),
            KmsKey::Arn(arn) => self.reach(arn),
        }
    }

    pub(crate) fn bucket_arn(&self, bucket: &S3Bucket) -> Result<BucketArn, RoleError> {
        match bucket {
            S3Bucket::Name(name) => Ok(BucketArn::in_partition(&self.region.partition(), name)),
            S3Bucket::Arn(arn) => self.reach(arn),
        }
    }

    /// The ARNs of log groups, or `None` without log groups.
    pub(crate) fn log_group_arns(&self, log_groups: &[LogGroup]) -> Result<Option<NonEmpty<LogGroupArn>>, RoleError> {
        non_empty(log_groups, |log_group| match log_group {
            LogGroup::Name(name) => Ok(LogGroupArn::of(&self.region, &self.account_id, name)),
            LogGroup::Arn(arn) => self.reach(arn),
        })
    }

    /// The ARNs of repositories, or `None` without repositories.
    pub(crate) fn repository_arns(
        &self,
        repositories: &[EcrRepository],
    ) -> Result<Option<NonEmpty<RepositoryArn>>, RoleError> {
        non_empty(repositories, |repository| match repository {
            EcrRepository::Name(name) => Ok(RepositoryArn::of(&self.region, &self.account_id, name)),
            EcrRepository::Arn(arn) => self.reach(arn),
        })
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
        secrets: impl Iterator<Item = &'s Secret> + Clone,
        keys: &'s [KmsKey],
    ) -> impl Iterator<Item = Warning> {
        let regions: Vec<Region> = secrets.clone().map(|secret| self.region_of(secret)).collect();
        // Without a secret no key is of use, which is another warning.
        let is_elsewhere = move |key: &KmsKeyArn| !regions.is_empty() && !regions.contains(&key.region());
        let keys_elsewhere = keys.iter().map(|key| match key {
            KmsKey::Arn(arn) => arn.clone(),
            KmsKey::Id(id) => KmsKeyArn::of(&self.region, &self.account_id, id),
        });
        secrets
            .filter_map(|secret| match secret {
                Secret::Name(name) if name.ends_like_a_suffix() => Some(Warning::NameLikeAnId(name.clone())),
                Secret::Arn(arn) if keys.is_empty() && arn.account_id() != self.account_id => {
                    Some(Warning::OtherAccountWithoutKey(arn.clone()))
                }
                _ => None,
            })
            .chain(keys_elsewhere.filter(is_elsewhere).map(Warning::KeyInAnotherRegion))
    }

    fn region_of(&self, secret: &Secret) -> Region {
        match secret {
            Secret::Arn(arn) => arn.region(),
            Secret::Name(_) | Secret::Id(_) => self.region.clone(),
        }
    }

    /// The ARN, if it is one of the runner's account.
    pub(crate) fn own<T: InAccount>(&self, arn: &ArnOf<T>) -> Result<ArnOf<T>, RoleError> {
        let arn = self.reach(arn)?;
        if arn.account_id() == self.account_id {
            Ok(arn)
        } else {
            Err(RoleError::OtherAccount {
                arn: arn.to_string(),
                account_id: self.account_id.clone(),
            })
        }
    }

    /// The ARN, if it is one of the runner's partition.
    fn reach<A: ResourceArn + Clone>(&self, arn: &A) -> Result<A, RoleError> {
        if arn.partition() == self.region.partition() {
            Ok(arn.clone())
        } else {
            Err(RoleError::OtherPartition {
                arn: arn.to_string(),
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
