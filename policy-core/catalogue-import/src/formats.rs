//! The ARN formats, resource types and uses of them that the service authorization reference leaves out.

use std::collections::btree_map::Entry;

use crate::error::Error;
use crate::model::{ActionResource, Catalogue, ResourceType, Service, folded};
use crate::sources::supplement::{FormatKind, FormatRow};

/// Adds the formats that are kept by hand; one that the reference has by now is a row to remove.
pub fn add(catalogue: &mut Catalogue, rows: &[FormatRow]) -> Result<(), Error> {
    for row in rows {
        let service = catalogue.services.get_mut(row.service);
        let added = service.map_or(Err("there is no such service any more"), |service| add_to(service, row));
        added.map_err(|why| Error::Data(format!("`data/formats.txt`: `{}`: {why}", row.written)))?;
    }
    Ok(())
}

fn add_to(service: &mut Service, row: &FormatRow) -> Result<(), &'static str> {
    const STALE: &str = "the reference says the same now; remove the row";
    const NO_TYPE: &str = "there is no such resource type any more";
    let key = folded(row.resource_type);
    match row.kind {
        FormatKind::Format(format) => {
            let arns = &mut service.resources.get_mut(&key).ok_or(NO_TYPE)?.arns;
            if arns.iter().any(|known| known == format) {
                return Err(STALE);
            }
            arns.push(format.to_owned());
        }
        FormatKind::Type(format) => match service.resources.entry(key) {
            Entry::Occupied(_) => return Err(STALE),
            Entry::Vacant(free) => {
                free.insert(ResourceType {
                    name: row.resource_type.to_owned(),
                    arns: vec![format.to_owned()],
                    ..ResourceType::default()
                });
            }
        },
        FormatKind::On(action) => {
            let name = service.resources.get(&key).ok_or(NO_TYPE)?.name.clone();
            let action = service.actions.get_mut(&folded(action));
            match action.ok_or("there is no such action any more")?.on.entry(key) {
                Entry::Occupied(_) => return Err(STALE),
                Entry::Vacant(free) => {
                    free.insert(ActionResource {
                        name,
                        ..ActionResource::default()
                    });
                }
            }
        }
    }
    Ok(())
}
