# What ran, what did not, and why: sourced by `.ci/run`. A step that fails hides no other; what they gave is printed at the end.
#
# Of what a step prints, two kinds of line are read: what Rust's tests and `tests/e2e` close with, for the counts, and
# `left out: WHAT: WHY`, for what the step could not do on this machine.

logs=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null; rm -rf "$logs"' EXIT
excused=() # What ignored tests need and CI can do without.
rows=() # NAME|STATE|PASSED|FAILED|IGNORED|SECONDS|WHY
declare -A started # PID SECONDS, by name.
declare -A at_least # How many tests of a step pass, by name.
elsewhere=0
is_red=false

add_row() { # NAME STATE PASSED FAILED IGNORED SECONDS WHY
    local why=${7//|/ }
    rows+=("$1|$2|$3|$4|$5|$6|$why")
    if [ "$2" = FAILED ]; then is_red=true; fi
}

# What this machine does not have and CI can do without, unless it was asked for by its name.
leave_out() { # NAME WHY
    printf '\n== %s is left out: %s\n' "$1" "$2"
    if [[ " ${asked[*]} " == *" $1 "* ]]; then
        add_row "$1" FAILED 0 1 0 '' "$2"
    else
        add_row "$1" 'left out' 0 0 1 '' "$2"
    fi
}

# Whether a step is asked for: by its name, or because none is. What is not asked for is in the table, too.
is_asked_for() { # NAME
    if [ ${#asked[@]} -eq 0 ] || [[ " ${asked[*]} " == *" $1 "* ]]; then return 0; fi
    leave_out "$1" 'not asked for'
    return 1
}

# Runs a command, which may be a function, in a shell of its own.
step() { # NAME COMMAND...
    local name=$1 start=$SECONDS
    shift
    is_asked_for "$name" || return 0
    printf '\n== %s: %s\n' "$name" "$*"
    (
        set -euo pipefail
        "$@"
    ) 2>&1 | tee "$logs/$name"
    has_run "$name" "${PIPESTATUS[0]}" $((SECONDS - start))
}

# Starts a step that runs beside those that follow, as its command leaves a core idle. `finish` waits for it.
start() { # NAME COMMAND...
    local name=$1
    shift
    is_asked_for "$name" || return 0
    printf '\n== %s begins: %s\n' "$name" "$*"
    (
        set -euo pipefail
        "$@"
    ) >"$logs/$name" 2>&1 &
    started[$name]="$! $SECONDS"
}

# What a step that was started printed, and its row.
finish() { # NAME
    local pid start code=0
    [ -n "${started[$1]:-}" ] || return 0
    read -r pid start <<<"${started[$1]}"
    wait "$pid" || code=$?
    printf '\n== %s ends\n' "$1"
    cat "$logs/$1"
    has_run "$1" "$code" $((SECONDS - start))
}

# The row of a step, by its log. A step without tests counts as one. One that passes fewer than `at_least` says fails: the files of some
# are missing, or are not compiled. Where it said what it left out, that is why.
has_run() { # NAME CODE SECONDS
    local name=$1 code=$2 seconds=$3 log=$logs/$1 passed failed ignored what why
    read -r passed failed ignored < <(counts "$log")
    if [ "$code" -eq 0 ] && [ "$passed" -lt "${at_least[$name]:-0}" ] && ! grep --quiet '^left out: ' "$log"; then
        add_row "$name" FAILED "$passed" 1 "$ignored" "$seconds" "$passed passed, where ${at_least[$name]} did"
    elif [ "$code" -eq 0 ]; then
        if [ "$passed" -eq 0 ]; then passed=1; fi
        add_row "$name" ran "$passed" "$failed" "$ignored" "$seconds" ''
    else
        if [ "$failed" -eq 0 ]; then failed=1; fi
        add_row "$name" FAILED "$passed" "$failed" "$ignored" "$seconds" "$(reason "$log")"
    fi
    while IFS=: read -r _ what why; do
        leave_out "$name,$what" "${why# }"
    done < <(grep '^left out: ' "$log")
}

# Passed, failed and ignored, of all the tests in a log.
counts() { # LOG
    awk '/^test result: / || /^[0-9]+ as expected, [0-9]+ wrong, [0-9]+ skipped by name$/ {
             for (i = 2; i <= NF; i++) {
                 if ($i ~ /^(passed;|as)$/) passed += $(i - 1)
                 if ($i ~ /^(failed;|wrong,)$/) failed += $(i - 1)
                 if ($i ~ /^(ignored;|skipped)$/) ignored += $(i - 1)
             }
         }
         END { print passed + 0, failed + 0, ignored + 0 }' "$1"
}

# The line of a log that says most of why its step failed.
reason() { # LOG
    local pattern line=''
    for pattern in ' is absent|or later is needed' '^test .* FAILED$' '^error' '.'; do
        line=$(grep --extended-regexp --max-count=1 -- "$pattern" "$1") && break
    done
    # Of an error that was unwrapped, what it says.
    line=${line##*error: \"}
    printf '%s' "${line:0:160}"
}

# Every test that one step ignored was run by another, by its name, or needs what CI can do without.
none_is_forgotten() { # NAME STEP BY-STEP...
    local name=$1 step=$2 test need forgotten=()
    shift 2
    is_asked_for "$name" || return 0
    if [ ! -e "$logs/$step" ]; then
        add_row "$name" FAILED 0 1 0 '' "\`$step\` did not run"
        return
    fi
    while IFS='|' read -r test need; do
        # From the files themselves: `cat` in front of a `grep` that stops at the first match fails of a broken pipe.
        if grep --quiet --no-messages --line-regexp --fixed-strings \
            -e "test $test ... ok" -e "test $test ... FAILED" "${@/#/$logs/}"; then
            elsewhere=$((elsewhere + 1))
        elif [ ${#excused[@]} -eq 0 ] || ! grep --quiet --fixed-strings "${excused[@]/#/--regexp=}" <<<"$need"; then
            forgotten+=("$test")
        fi
    done < <(sed -nE 's/^test (.*) \.\.\. ignored(, (.*))?$/\1|\3/p' "$logs/$step")
    if [ ${#forgotten[@]} -eq 0 ]; then
        add_row "$name" ran 1 0 0 '' ''
    else
        add_row "$name" FAILED 0 1 0 '' "ignored, and run by no step: ${forgotten[*]}"
    fi
}

# The table, and a last line with the sums. What was ignored and ran elsewhere was not skipped.
report() {
    local name state passed failed ignored seconds why all_passed=0 all_failed=0 all_ignored=0
    for name in "${asked[@]}" "${!started[@]}"; do
        if [[ " ${rows[*]}" != *" $name|"* ]]; then add_row "$name" FAILED 0 1 0 '' 'there is no such step, or none waited for it'; fi
    done
    printf '\n%-28s %-8s %6s %6s %7s %5s  %s\n' step '' passed failed ignored s why
    for row in "${rows[@]}"; do
        IFS='|' read -r name state passed failed ignored seconds why <<<"$row"
        printf '%-28s %-8s %6d %6d %7d %5s  %s\n' "$name" "$state" "$passed" "$failed" "$ignored" "$seconds" "$why"
        all_passed=$((all_passed + passed)) all_failed=$((all_failed + failed)) all_ignored=$((all_ignored + ignored))
    done
    printf '\n%d of those ignored ran in another step, by name\n' "$elsewhere"
    printf '%d passed, %d failed, %d skipped\n' "$all_passed" "$all_failed" $((all_ignored - elsewhere))
    if $is_red; then exit 1; fi
}
