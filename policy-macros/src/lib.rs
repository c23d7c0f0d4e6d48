//! `policy!`.
