#!/usr/bin/env bash
# Holds `report.sh` to what it promises: red for what fails and for what is forgotten, and sums that leave nothing out.
set -uo pipefail
cd "$(dirname "$0")"

# What a run of steps ends with, and its exit code.
end_of() { # SCRIPT
    bash -uo pipefail -c "asked=(); . ./report.sh; $1; report" 2>&1
    echo "exit code $?"
}

holds() { # SCRIPT EXPECTED-LINE...
    local said line
    said=$(end_of "$1")
    shift
    for line in "$@"; do
        if ! tr --squeeze-repeats ' ' <<<"$said" | grep --quiet --line-regexp -- "$line"; then
            printf 'no line `%s` in:\n%s\n' "$line" "$said"
            exit 1
        fi
    done
}

in_a='echo "     Running tests/a.rs (target/debug/deps/a-0)"'
in_b='echo "     Running tests/b.rs (target/debug/deps/b-0)"'
two='echo "test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured"; echo "test a::b ... ignored, needs c 1.4"'
one='echo "test a::b ... ok"; echo "test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured"'
none='echo "test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured"'

holds "step lint true" 'lint ran 1 0 0 .*' '1 passed, 0 failed, 0 skipped' 'exit code 0'
holds "step lint false; step after true" 'lint FAILED 0 1 0 .*' 'after ran 1 0 0 .*' '1 passed, 1 failed, 0 skipped' 'exit code 1'
holds "two() { $two; }; one() { $one; }; step two two; step one one; none_is_forgotten all two one" \
    'two ran 2 0 1 .*' 'one ran 1 0 0 .*' '4 passed, 0 failed, 0 skipped' 'exit code 0'
long='seq 100000; '$one'; seq 100000'
holds "two() { $two; }; long() { $long; }; step two two; step one long >/dev/null; none_is_forgotten all two absent one" 'all ran 1 0 0 .*' 'exit code 0'
holds "two() { $two; }; none() { $none; }; step two two; step none none; none_is_forgotten all two none" \
    'all FAILED 0 1 0 ignored, and run by no step: a::b' 'exit code 1'
holds "excused=('needs c 1.4'); two() { $two; }; step two two; none_is_forgotten all two" 'all ran 1 0 0 .*' '3 passed, 0 failed, 1 skipped'
holds "two() { $in_a; $two; }; one() { $in_a; $one; }; step two two; step one one; none_is_forgotten all two one" 'all ran 1 0 0 .*' 'exit code 0'
holds "two() { $in_a; $two; }; one() { $in_b; $one; }; step two two; step one one; none_is_forgotten all two one" \
    'all FAILED 0 1 0 ignored, and run by no step: a::b' 'exit code 1'
holds "excused=('needs c'); two() { $two; }; step two two; none_is_forgotten all two" 'all FAILED 0 1 0 .*' 'exit code 1'
holds "excused=('needs d'); two() { $two; }; step two two; none_is_forgotten all two" 'all FAILED 0 1 0 .*' 'exit code 1'
holds "none_is_forgotten all two" 'all FAILED 0 1 0 `two` did not run' 'exit code 1'
holds "two() { $two; false; echo on; }; step two two" 'two FAILED 2 1 1 .*' 'exit code 1'
holds "away() { echo 'the library is absent; get it'; return 3; }; step away away" 'away FAILED 0 1 0 [0-9]* the library is absent; get it'
holds "e2e() { echo '5 as expected, 0 wrong, 2 skipped by name'; echo 'left out: Terraform: it is not here'; }; step e2e e2e" \
    'e2e ran 5 0 2 .*' 'e2e, Terraform left out 0 0 1 it is not here' '5 passed, 0 failed, 3 skipped' 'exit code 0'
holds "two() { sleep 0.2; $two; }; one() { $one; }; start two two; step one one; finish two" \
    'two ran 2 0 1 .*' 'one ran 1 0 0 .*' '3 passed, 0 failed, 1 skipped' 'exit code 0'
holds "start away false; step lint true; finish away" 'away FAILED 0 1 0 .*' 'exit code 1'
holds "start away true; step lint true" 'away FAILED 0 1 0 there is no such step, or none waited for it' 'exit code 1'
holds "asked=(lint); start away false; step lint true; finish away" 'away left out 0 0 1 not asked for' 'exit code 0'
holds "asked=(misspelt); step lint true" 'lint left out 0 0 1 not asked for' 'misspelt FAILED 0 1 0 there is no such step, or none waited for it' 'exit code 1'
holds "asked=(lint); leave_out lint 'it is not here'" 'lint FAILED 0 1 0 it is not here' 'exit code 1'
holds "at_least[two]=2; two() { $two; }; step two two" 'two ran 2 0 1 .*' 'exit code 0'
holds "at_least[two]=3; two() { $two; }; step two two" 'two FAILED 2 1 1 [0-9]* 2 passed, where 3 did' 'exit code 1'
e2e="e2e() { echo '5 as expected, 0 wrong, 2 skipped by name'; echo 'left out: Terraform: it is not here'; }; step e2e e2e"
holds "at_least[e2e]=9; without[e2e,Terraform]=4; $e2e" 'exit code 0'
holds "at_least[e2e]=9; without[e2e,Terraform]=3; $e2e" 'e2e FAILED 5 1 2 [0-9]* 5 passed, where 6 did' 'exit code 1'
holds "at_least[e2e]=9; $e2e" 'e2e FAILED 5 1 2 [0-9]* 5 passed, where 9 did' 'exit code 1'
holds "e2e() { echo '5 as expected, 2 wrong, 0 skipped by name'; }; step e2e e2e" 'e2e FAILED 5 2 0 .*' 'exit code 1'
holds "at_least[editor]=1; step editor true" 'editor FAILED 0 1 0 [0-9]* 0 passed, where 1 did' 'exit code 1'
printed='echo "test result: 9 passed;"; '$one
holds "at_least[one]=2; one() { $printed; }; step one one" 'one FAILED 1 1 0 [0-9]* 1 passed, where 2 did' 'exit code 1'
holds "asked=(out); step lint true" 'out FAILED 0 1 0 there is no such step, or none waited for it' 'exit code 1'
twice="e2e() { echo '5 as expected, 0 wrong, 2 skipped by name'; echo 'left out: Terraform: it is not here'; echo 'left out: Terraform: nor here'; }; step e2e e2e"
holds "at_least[e2e]=10; without[e2e,Terraform]=4; $twice" 'e2e FAILED 5 1 2 [0-9]* 5 passed, where 6 did' 'exit code 1'
for failure in 'x: test result: FAILED. 1 passed; 2 failed' $'\e[31mtest a ... FAILED\e[0m' 'test a ... FAILED' \
    $'5 as expected, 1 wrong, 0 skipped by name \r' 'test result: FAILED. 1 passed; 1 failed; 0 ignored'; do
    printf '%s\n' "$failure" >"${failures:=$(mktemp)}"
    holds "odd() { cat $failures; }; step odd odd" 'odd FAILED [0-9]* 1 0 .*' 'exit code 1'
done
rm "$failures"
