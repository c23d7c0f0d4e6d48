//! Names that AWS documented once and documents no more.

use crate::model::{Catalogue, Month, Removed, Retired, folded};
use crate::sources::history::{Previous, Snapshot};

/// Adds what older snapshots and the previous catalogue had and the catalogue lacks, each with the month that had it last.
pub fn add(catalogue: &mut Catalogue, previous: Previous, history: &[Snapshot]) {
    for (prefix, removed) in previous.removed {
        for tombstone in removed.into_values() {
            bury_action(catalogue, &prefix, tombstone.name, &tombstone.last_seen);
        }
    }
    for (prefix, retired) in previous.retired {
        bury_service(catalogue, prefix, &retired.name, &retired.last_seen);
    }
    for snapshot in history.iter().chain(&previous.snapshot) {
        for (prefix, names) in &snapshot.services {
            if catalogue.services.contains_key(prefix) {
                for action in &names.actions {
                    bury_action(catalogue, prefix, action.clone(), &snapshot.month);
                }
            } else {
                bury_service(catalogue, prefix.clone(), &names.name, &snapshot.month);
            }
        }
    }
}

/// A name that came back needs no tombstone; of two months the later one is right.
fn bury_action(catalogue: &mut Catalogue, prefix: &str, name: String, month: &Month) {
    let Some(service) = catalogue.services.get_mut(prefix) else {
        return;
    };
    if service.actions.contains_key(&folded(&name)) {
        return;
    }
    let tombstone = service.removed.entry(folded(&name)).or_insert_with(|| Removed {
        name: name.clone(),
        last_seen: month.clone(),
    });
    if tombstone.last_seen <= *month {
        *tombstone = Removed {
            name,
            last_seen: month.clone(),
        };
    }
}

fn bury_service(catalogue: &mut Catalogue, prefix: String, name: &str, month: &Month) {
    if catalogue.services.contains_key(&prefix) {
        return;
    }
    let name = if name.is_empty() {
        prefix.clone()
    } else {
        name.to_owned()
    };
    let retired = catalogue.retired.entry(prefix).or_insert_with(|| Retired {
        name: name.clone(),
        last_seen: month.clone(),
    });
    if retired.last_seen <= *month {
        *retired = Retired {
            name,
            last_seen: month.clone(),
        };
    }
}
