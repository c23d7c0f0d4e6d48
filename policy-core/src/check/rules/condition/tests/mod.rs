/// A statement that allows this action under this condition.
macro_rules! allow {
    ($action:literal, $condition:literal) => {
        concat!(
            r#"{ "Effect": "Allow", "Action": ["#,
            $action,
            r#"], "Resource": "*", "Condition": "#,
            $condition,
            " }"
        )
    };
}

macro_rules! list_bucket {
    ($condition:literal) => {
        allow!(r#""s3:ListBucket""#, $condition)
    };
}

mod arn;
mod carried;
mod dynamodb;
mod form;
mod key;
mod meaning;
mod message;
mod operator;
mod tag;
mod value;
mod vpc_endpoint;
