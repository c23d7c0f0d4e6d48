//! Warnings about a role that AWS accepts.

use std::fmt;

use policy_core::names::{KmsKeyArn, LogGroupArn, SecretArn, SecretName};
use policy_core::shown::Shown;

use crate::KmsKey;
use crate::render::Home;

/// A role that may not be intended, although AWS accepts it. [`Role::warnings`](crate::Role::warnings) has those of a
/// role.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Warning {
    /// A secret's name ends in a hyphen and six characters.
    NameLikeAnId(SecretName),
    /// A secret is in another account, and no customer managed key was given.
    OtherAccountWithoutKey(SecretArn),
    /// A log group is in another account.
    OtherAccountLogGroup(LogGroupArn),
    /// A key of pipelines' secrets was given, and no secret of pipelines.
    KeyWithoutSecret(KmsKey),
    /// A key of secrets is in a Region in which none of these secrets is.
    KeyInAnotherRegion(KmsKeyArn),
    /// The page lets EC2 assume the task role.
    TrustsEc2,
    /// The page's trust policy does not restrict the account on whose behalf ECS assumes the role.
    NoSourceConditions,
    /// The page lets the role read every secret.
    ReadsEverySecret,
    /// The page lets the role write and delete objects in every bucket.
    WritesEveryBucket,
    /// The page lets the role decrypt everything under the key, through any service.
    DecryptsWithoutViaService,
    /// The chosen form can never work.
    NeverWorks(&'static str),
    /// A setting has no place in the page's form, and was left out.
    NotOnThePage(&'static str),
    /// A text of a file that is otherwise the same everywhere names another Region or account than its home: an ARN, an account ID, a
    /// Region or a service with its Region.
    Elsewhere {
        /// The text, which is written as it is.
        text: String,
        /// The Region and the account that references replace.
        home: Home,
    },
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NameLikeAnId(name) => write!(
                f,
                "`{name}` is taken as the name of a secret, and it ends as a secret's ARN does: if `{}` was appended by \
                 Secrets Manager, give the whole ARN; if not, be sure to look the secret up by its whole ARN, since AWS may \
                 take a part of it for another secret's",
                name.as_str().get(name.as_str().len().saturating_sub(7)..).unwrap_or_default(),
            ),
            // <https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples_cross.html>
            Self::OtherAccountWithoutKey(arn) => write!(
                f,
                "`{arn}` is in another account, from which a secret can be read only if it is encrypted under a customer \
                 managed key; give that key, too",
            ),
            // <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutResourcePolicy.html>
            Self::OtherAccountLogGroup(arn) => write!(
                f,
                "`{arn}` is in another account, and the resource-based policies of CloudWatch Logs let only AWS services write there; \
                 name a log group of the runner's account",
            ),
            Self::KeyWithoutSecret(key) => write!(
                f,
                "the key `{key}` is for pipelines' secrets, and the runner has none: the role may decrypt with the key and read nothing; \
                 give the secrets with `with_pipeline_secret`, or remove the key",
            ),
            // <https://docs.aws.amazon.com/secretsmanager/latest/userguide/create-manage-multi-region-secrets.html>
            Self::KeyInAnotherRegion(key) => write!(
                f,
                "the key `{key}` is in `{}`, and no secret that it is for is there: Secrets Manager encrypts a secret under a key of the \
                 secret's own Region, so the role cannot decrypt the secrets with it; give the key of the secrets' Region, also for replicas \
                 and multi-Region keys, which have an ARN in each Region",
                key.region(),
            ),
            Self::TrustsEc2 => f.write_str(
                "the page lets `ec2.amazonaws.com` assume the task role: nothing on Fargate needs it, and a principal that can \
                 pass the role and start an instance becomes the runner; in China the service is `ec2.amazonaws.com.cn`",
            ),
            Self::NoSourceConditions => f.write_str(
                "the page's trust policy has no condition on `aws:SourceAccount` or `aws:SourceArn`, and cannot have one while \
                 it names EC2, which sends neither key",
            ),
            Self::ReadsEverySecret => {
                f.write_str("the page lets the role read every secret of the account; name the secrets")
            }
            Self::WritesEveryBucket => f.write_str(
                "the page lets the role read, write and delete every object of every bucket; name the bucket, \
                 `arn:aws:s3:::BUCKET` to list it and `arn:aws:s3:::BUCKET/*` for its objects",
            ),
            Self::DecryptsWithoutViaService => f.write_str(
                "the page lets the role decrypt everything that is encrypted under the key, not only the secrets; the \
                 least-privilege form limits it with `kms:ViaService`",
            ),
            Self::NeverWorks(why) => write!(f, "this role can never work: {why}"),
            Self::Elsewhere { text, home } => write!(
                f,
                "`{}` is not in `{}` of the account `{}`, which the file replaces by references: it stays as it is wherever the file is \
                 deployed; if it was meant to follow, write it with that Region and account, or give the file the ones that it has",
                Shown(text),
                home.region(),
                home.account_id(),
            ),
            Self::NotOnThePage(what) => write!(
                f,
                "{what} has no place in the page's policies and was left out; use the least-privilege form",
            ),
        }
    }
}
