// Answers pairs, a line of JSON each on standard input, by @cloud-copilot/iam-simulate. It is AGPL: run as a program, never linked
// nor copied.
import readline from 'node:readline'
import { runSimulation } from '@cloud-copilot/iam-simulate'

for await (const line of readline.createInterface({ input: process.stdin })) {
  const pair = JSON.parse(line)
  let answer
  try {
    const result = await runSimulation({
      serviceControlPolicies: [], resourceControlPolicies: [], identityPolicies: [{ name: 'p', policy: pair.policy }],
      request: {
        action: pair.action, principal: pair.principal, contextVariables: pair.context,
        resource: { resource: pair.resource, accountId: pair.account },
      },
    }, {})
    answer = result.resultType === 'single'
      ? { answer: result.overallResult, ignored: result.result.ignoredContextKeys }
      : { refused: result.errors?.message ?? result.resultType }
  } catch (error) {
    answer = { refused: `thrown: ${error.message}` }
  }
  process.stdout.write(JSON.stringify(answer) + '\n')
}
