// Answers questions, a line of JSON each on standard input, by @cloud-copilot/iam-simulate. It is AGPL: run as a program, never
// linked nor copied.
import readline from 'node:readline'
import { anonymousPrincipal, runSimulation } from '@cloud-copilot/iam-simulate'

const named = (policies) => policies.map((policy, at) => ({ name: `p${at}`, policy }))
// It has `RCPFullAWSAccess` of itself.
const isWritten = (policy) => policy.Statement[0].Effect !== 'Allow'
const levels = (levels) => levels.map((policies, at) => ({ orgIdentifier: `level${at}`, policies: named(policies) }))

// What is wrong with a policy says more than that something is.
const why = (errors) => {
  if (errors?.message !== 'policy.errors') return errors?.message
  const all = Object.values(errors).flatMap((of) => Object.values(of)).flat()
  return all.find((error) => error.message)?.message
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line)
  let answer
  try {
    if (/oidc-provider|^accounts\./.test(asked.caller)) throw new Error('it knows no callers for whom a provider vouches')
    const simulation = {
      identityPolicies: named(asked.identity),
      serviceControlPolicies: levels(asked.service_control),
      resourceControlPolicies: levels(asked.resource_control.map((policies) => policies.filter(isWritten))),
      request: {
        action: asked.action, principal: asked.caller === 'anonymous' ? anonymousPrincipal : asked.caller,
        contextVariables: asked.context, resource: { resource: asked.on, accountId: asked.owner },
      },
    }
    const [resource] = [...asked.resource, ...asked.trust]
    if (resource) simulation.resourcePolicy = resource
    if (asked.boundary.length) simulation.permissionBoundaryPolicies = named(asked.boundary)
    if (asked.endpoint.length) simulation.vpcEndpointPolicies = named(asked.endpoint)
    if (asked.session.length) simulation.sessionPolicy = asked.session[0]
    const result = await runSimulation(simulation, {})
    answer = result.resultType === 'single'
      ? { answer: result.overallResult, ignored: result.result.ignoredContextKeys }
      : { refused: why(result.errors) ?? result.resultType }
  } catch (error) {
    answer = { refused: `thrown: ${error.message.replace(/ key .* not found/, ' key not found')}` }
  }
  process.stdout.write(JSON.stringify(answer) + '\n')
}
