// What the syntax validator of @cloud-copilot/iam-policy says of the policies that are named on standard input.

import { readFileSync } from 'node:fs'
import {
  validateIdentityPolicy,
  validateResourcePolicy,
  validateServiceControlPolicy,
  validateTrustPolicy,
} from '@cloud-copilot/iam-policy'

const validators = {
  identity: validateIdentityPolicy,
  trust: validateTrustPolicy,
  bucket: validateResourcePolicy,
  scp: validateServiceControlPolicy,
}

for (const line of readFileSync(0, 'utf8').trim().split('\n')) {
  const { path, kind } = JSON.parse(line)
  for (const { message, path: at } of validators[kind](JSON.parse(readFileSync(path, 'utf8')))) {
    console.log(JSON.stringify({ path, message, at }))
  }
}
