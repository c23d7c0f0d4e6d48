# What ran, what did not, and why: sourced by `.ci/run`. A step that fails hides no other; what they gave is printed at the end.
#
# Of what a step prints, two kinds of line are read: what Rust's tests and `tests/e2e` close with, for the counts, and
# `left out: WHAT: WHY`, for what the step could not do on this machine.

logs=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null; rm -rf "$logs"' EXIT
excused=() # What ignored tests need and CI can do without.
rows=() # NAME|STATE|PASSED|FAILED|IGNORED|SECONDS|WHY
declare -A has_row # By name.
declare -A started # PID SECONDS, by name.
declare -A at_least # How many tests of a step pass, by name.
declare -A without  # How many fewer pass without what the step may leave out on this machine, by STEP,WHAT.
elsewhere=0
is_red=false

add_row() { # NAME STATE PASSED FAILED IGNORED SECONDS WHY
    local why=${7//|/ }
    rows+=("$1|$2|$3|$4|$5|$6|$why")
    has_row[$1]=yes
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

# The row of a step, by its log. A step without tests counts as one. One that counts a failure fails, whatever its exit code, and so does one
# that passes fewer than `at_least` says: the files of some are missing, or are not compiled. What it said that it left out lowers that
# by what `without` says, and by nothing if that says nothing.
has_run() { # NAME CODE SECONDS
    local name=$1 code=$2 seconds=$3 log=$logs/$1 passed failed ignored floor=${at_least[$1]:-0} what why
    read -r passed failed ignored < <(counts "$log")
    while IFS=: read -r _ what; do
        floor=$((floor - ${without[$name,${what# }]:-0}))
    done < <(sed -n 's/^\(left out: [^:]*\):.*/\1/p' "$log" | sort --unique)
    if [ "$code" -ne 0 ] || [ "$failed" -ne 0 ]; then
        if [ "$failed" -eq 0 ]; then failed=1; fi
        add_row "$name" FAILED "$passed" "$failed" "$ignored" "$seconds" "$(reason "$log")"
    elif [ "$passed" -lt "$floor" ]; then
        add_row "$name" FAILED "$passed" 1 "$ignored" "$seconds" "$passed passed, where $floor did"
    else
        if [ "$passed" -eq 0 ]; then passed=1; fi
        add_row "$name" ran "$passed" 0 "$ignored" "$seconds" ''
    fi
    while IFS=: read -r _ what why; do
        leave_out "$name,$what" "${why# }"
    done < <(grep '^left out: ' "$log")
}

# Passed, failed and ignored, of all the tests in a log. What says that a test failed counts as one wherever it is in its line, and
# without the line that would count it.
counts() { # LOG
    plain "$1" | awk '/^test result: (ok|FAILED)\. [0-9]+ passed; [0-9]+ failed; [0-9]+ ignored; / || /^[0-9]+ as expected, [0-9]+ wrong, [0-9]+ skipped by name$/ {
             for (i = 2; i <= NF; i++) {
                 if ($i ~ /^(passed;|as)$/) passed += $(i - 1)
                 if ($i ~ /^(failed;|wrong,)$/) failed += $(i - 1)
                 if ($i ~ /^(ignored;|skipped)$/) ignored += $(i - 1)
             }
             next
         }
         /test result: FAILED|^test .* \.\.\. FAILED$/ { said++ }
         END { print passed + 0, failed + 0 ? failed : said + 0, ignored + 0 }'
}

# A log without colours, and without what a terminal does not show at the end of a line.
plain() { # LOG
    sed -e $'s/\x1b\\[[0-9;]*m//g' -e 's/[[:space:]]*$//' "$1"
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

# The tests of a log that end in a certain way: BINARY|TEST|NEED.
tests_that() { # LOG PATTERN
    awk -v pattern="^($2)" '
        /^ +Running .* \(/ || /^ +Doc-tests / { binary = $0; sub(/^ +[^ ]+ /, "", binary); sub(/ \([^(]*$/, "", binary) }
        /^test .* \.\.\. / {
            dots = index($0, " ... ")
            test = substr($0, 6, dots - 6)
            end = substr($0, dots + 5)
            if (end ~ pattern) { sub(/^ignored,? ?/, "", end); print binary "|" test "|" end }
        }' "$1"
}

# Every test that one step ignored was run by another, by its name and that of its binary, or needs exactly what CI can do without.
none_is_forgotten() { # NAME STEP BY-STEP...
    local name=$1 step=$2 by binary test need forgotten=()
    local -A run=() may=()
    shift 2
    is_asked_for "$name" || return 0
    if [ ! -e "$logs/$step" ]; then
        add_row "$name" FAILED 0 1 0 '' "\`$step\` did not run"
        return
    fi
    for by in "$@"; do
        [ -e "$logs/$by" ] || continue
        while IFS='|' read -r binary test _; do run["$binary|$test"]=yes; done < <(tests_that "$logs/$by" 'ok|FAILED')
    done
    for need in "${excused[@]}"; do may["$need"]=yes; done
    while IFS='|' read -r binary test need; do
        if [ -n "${run["$binary|$test"]:-}" ]; then
            elsewhere=$((elsewhere + 1))
        elif [ -z "$need" ] || [ -z "${may["$need"]:-}" ]; then
            forgotten+=("$test")
        fi
    done < <(tests_that "$logs/$step" ignored)
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
        if [ -z "${has_row[$name]:-}" ]; then add_row "$name" FAILED 0 1 0 '' 'there is no such step, or none waited for it'; fi
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
