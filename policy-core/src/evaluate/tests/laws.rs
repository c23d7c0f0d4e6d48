//! Laws for all policies and requests.

use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::super::{Access, Outcome};
use super::generator::{asked, statement, statements};
use super::plain;
use super::{authorizer, policy, request};
use crate::names::AccountId;

proptest! {
    #[test]
    fn a_deny_more_widens_nothing(statements in statements(), deny in statement("Deny"), request in asked()) {
        let more: Vec<String> = statements.iter().cloned().chain([deny]).collect();
        if authorizer(&[policy(&more)]).ask(&request).is_allowed() {
            prop_assert!(authorizer(&[policy(&statements)]).ask(&request).is_allowed());
        }
    }

    #[test]
    fn an_allow_more_narrows_nothing(statements in statements(), allow in statement("Allow"), request in asked()) {
        let more: Vec<String> = statements.iter().cloned().chain([allow]).collect();
        if authorizer(&[policy(&statements)]).ask(&request).is_allowed() {
            prop_assert!(authorizer(&[policy(&more)]).ask(&request).is_allowed());
        }
    }

    #[test]
    fn neither_order_nor_the_policy_of_a_statement_matters(
        (statements, shuffled) in statements().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
        at in any::<Index>(),
        request in asked(),
    ) {
        let (some, others) = shuffled.split_at(at.index(shuffled.len()));
        let policies = [policy(some), policy(others)];
        let whole = authorizer(&[policy(&statements)]);
        prop_assert_eq!(authorizer(&policies).ask(&request).outcome(), whole.ask(&request).outcome());
    }

    #[test]
    fn what_is_certain_without_some_keys_is_so_with_any_values_of_them(
        statements in statements(),
        request in asked(),
        given in any::<u16>(),
    ) {
        let authorizer = authorizer(&[policy(&statements)]);
        let mut some = self::request(request.action(), request.resource())
            .resource_account(AccountId::from_static("111122223333"));
        for (index, (key, values)) in request.context().iter().enumerate() {
            if given >> index & 1 == 1 {
                some = some.with_all_unchecked(key, values.iter().cloned());
            }
        }
        let access = authorizer.access(&some);
        let is_allowed = authorizer.ask(&request).is_allowed();
        match &access {
            Access::Allowed => prop_assert!(is_allowed, "{}", authorizer.explain(&request)),
            Access::Denied => prop_assert!(!is_allowed, "{}", authorizer.explain(&request)),
            Access::Depends(on) => prop_assert!(!on.is_empty()),
        }
    }

    #[test]
    fn what_is_said_of_a_policy_of_nothing_is_said_of_one_with_what_is_malformed(
        statements in statements(),
        allow in statement("Allow"),
        request in asked(),
    ) {
        let malformed = allow.replacen('{', r#"{ "Priority": 1, "#, 1);
        let more: Vec<String> = statements.iter().cloned().chain([malformed]).collect();
        let without = authorizer(&[policy(&statements)]);
        prop_assert_eq!(authorizer(&[policy(&more)]).ask(&request).outcome(), without.ask(&request).outcome());
    }
}

proptest! {
    // The language is wide: sixteen times as many cases as the other laws.
    #![proptest_config(ProptestConfig::with_cases(ProptestConfig::default().cases * 16))]

    #[test]
    fn the_plain_reading_says_the_same(
        statements in proptest::collection::vec(prop_oneof![2 => statement("Allow"), 1 => statement("Deny")], 1..3),
        version in select(&[r#""Version": "2012-10-17","#, r#""Version": "2012-10-17","#, r#""Version": "2008-10-17","#, ""][..]),
        request in asked(),
    ) {
        let policy = format!(r#"{{ {version} "Statement": [{}] }}"#, statements.join(","));
        let expected = plain::outcome(&policy, &request);
        let authorizer = authorizer(std::slice::from_ref(&policy));
        let said: Outcome = authorizer.ask(&request).outcome();
        prop_assert_eq!(said, expected, "{}\n{}\n{:?}", policy, authorizer.explain(&request), request.context());
    }
}
