//! Asks an authorizer the question of a set-up so many times, perhaps of its last policies only: what `tests/run-cost/ask-setups.sh` counts the instructions of.

use std::hint::black_box;
use std::io;

use workspace_tests::setups::Setup;

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next().unwrap_or_default();
    let times: usize = arguments.next().and_then(|times| times.parse().ok()).unwrap_or(1);
    let policies = arguments.next().and_then(|policies| policies.parse().ok());

    let mut setups = Setup::all()?.into_iter();
    let setup = setups.find(|setup| setup.name == name);
    let setup = setup.ok_or_else(|| io::Error::other("ask_setups (simple | twenty | hundred) TIMES [POLICIES]"))?;
    let setup = setup.of_last(policies.unwrap_or(usize::MAX));
    let authorizer = setup.authorizer()?;
    let request = setup.request()?;
    let allowed = (0..times)
        .filter(|_| authorizer.ask(black_box(&request)).is_allowed())
        .count();
    println!("{allowed} of {times} allowed");
    Ok(())
}
