//! The types that can fill each position.

use super::list::{open_sites, sites};
#[allow(clippy::wildcard_imports, reason = "the rows name most types")]
use crate::names::*;
use crate::policy::NonEmpty;
use crate::template::Fill;

/// The methods that `policy!` calls on the trait of a position, so that a type that cannot fill it is rejected there
/// and nowhere else.
macro_rules! fills {
    () => {
        /// Asks the compiler whether the type fits, without a value of it.
        #[doc(hidden)]
        const FITS: () = ();

        /// The format of the ARNs, where the type has to be one of them.
        #[doc(hidden)]
        const FORMAT: &'static str = "";

        /// A single value for the hole.
        #[doc(hidden)]
        fn one(value: &Self) -> &dyn Fill {
            value
        }

        /// A list for the hole.
        #[doc(hidden)]
        fn list(values: &NonEmpty<Self>) -> &dyn Fill {
            values
        }

        /// An optional value for the hole.
        #[doc(hidden)]
        fn option(value: &Option<Self>) -> &dyn Fill {
            value
        }

        /// An optional list for the hole.
        #[doc(hidden)]
        fn option_list(values: &Option<NonEmpty<Self>>) -> &dyn Fill {
            values
        }
    };
}

/// Defines the traits of all positions of certain types.
macro_rules! traits {
    ($($(#[doc = $doc:literal])+
        $site:ident: $types:tt,
        label = $label:literal, note = $note:literal;
    )+) => {
        $(
            $(#[doc = $doc])+
            #[doc = ""]
            #[doc = concat!("Had by the types that fit it. See [`Site::", stringify!($site), "`](super::Site::", stringify!($site), ").")]
            #[diagnostic::on_unimplemented(message = "a field of type `{Self}` cannot fill this hole", label = $label, note = $note)]
            pub trait $site: Name {
                fills!();
            }

            implement!($site $types);
        )+
    };
}

/// Implements the trait of a row for its types.
macro_rules! implement {
    ($site:ident arns) => {
        #[diagnostic::do_not_recommend]
        impl<A: ResourceArn> $site for A {
            const FORMAT: &'static str = <A as ResourceArn>::FORMAT;
        }
    };
    ($site:ident [$($name:ident),+]) => {
        $(
            #[diagnostic::do_not_recommend]
            impl $site for $name {}
        )+
    };
}

/// Defines the traits of the positions that are not of certain types.
macro_rules! open_traits {
    ($($(#[doc = $doc:literal])+
        $site:ident $(<$wanted:ident>)?: message = $message:literal, label = $label:literal, note = $note:literal;
    )+) => {
        $(
            $(#[doc = $doc])+
            #[diagnostic::on_unimplemented(message = $message, label = $label, note = $note)]
            pub trait $site $(<$wanted: Name>)?: Name {
                fills!();
            }
        )+
    };
}

sites!(traits);
open_sites!(open_traits);

impl<N: Name> Text for N {}

#[diagnostic::do_not_recommend]
impl<N: PlainName> InArn for N {}

#[diagnostic::do_not_recommend]
impl<N: Name> Part<N> for N {}

/// The types of parts that a name of no known type can be, too.
macro_rules! parts {
    ($($name:ident)+) => {
        $(
            #[diagnostic::do_not_recommend]
            impl Part<$name> for ResourceName {}
            #[diagnostic::do_not_recommend]
            impl Part<$name> for ResourceId {}
            #[diagnostic::do_not_recommend]
            impl Part<$name> for ResourcePart {}
        )+
    };
}

parts! {
    BucketName DeliveryStreamName EcrRepositoryName EcsName EksClusterName EventBusName FunctionName GroupName ImageId InstanceId
    InstanceProfileName KmsKeyId LayerName LogGroupName OidcIssuer ParameterName PolicyName QueueName RoleName RuleName SecretId
    SecurityGroupId SessionName SnapshotId StackName StateMachineName StreamName SubnetId TableName TopicName UserName VolumeId
    VpcEndpointId VpcId
}
