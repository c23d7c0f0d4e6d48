// Checks AWS's managed policies with the syntax validator of @cloud-copilot/iam-policy, and prints microseconds a policy.

import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { validateIdentityPolicy } from '@cloud-copilot/iam-policy'

const lines = gunzipSync(readFileSync(process.argv[2])).toString().trim().split('\n')
const policies = lines.map((line) => JSON.stringify(JSON.parse(line).document))
const round = () => policies.reduce((found, policy) => found + validateIdentityPolicy(JSON.parse(policy)).length, 0)
round()
const start = process.hrtime.bigint()
const found = round()
const mean = Number(process.hrtime.bigint() - start) / 1e3 / policies.length
console.log(`syntax validator: ${policies.length} policies, ${found} findings, ${mean.toFixed(0)} us a policy`)
