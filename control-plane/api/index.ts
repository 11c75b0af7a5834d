import { consumerCalls } from './consumer-calls.ts'
import type { PlaneApi, PlaneDeps } from './deps.ts'
import { deviceCalls, groupCalls } from './fleet-calls.ts'
import { type FleetReader, fleetReader } from './fleet-reader.ts'
import { fleetTexts } from './fleet-texts.ts'
import { admit, type GatedOperator, gatedOperator } from './gate.ts'
import { openApiDocument } from './open-api.ts'
import { replicaCalls } from './replica-calls.ts'
import { type SafetyModes, safetyModes } from './safety.ts'
import { serveRouter, type Texts } from './serve.ts'
import { startSweep } from './sweeper.ts'
import { worklistTexts } from './worklists.ts'

export { openApiDocument } from './open-api.ts'

/** A control plane's calls over HTTP, for whoever listens to hand requests to; its sweep runs until it is disposed. */
export function planeApi(deps: PlaneDeps): PlaneApi & Disposable {
  const fleet = fleetReader(deps)
  const sweep = startSweep(deps, fleet)
  const worklists = worklistTexts(deps, fleet)
  const both: Texts = { 'GET /openapi.json': async () => Buffer.from(JSON.stringify(await openApiDocument())) }
  const texts: Texts = { ...both, 'GET /restore-worklist': (context) => worklists(admit(context)) }
  return {
    consumer: serveRouter(consumerCalls(deps, fleet), texts, deps),
    operator: serveRouter(operatorCalls(deps, fleet), { ...both, ...fleetTexts({ ...deps, ...fleet }) }, deps),
    [Symbol.dispose]: () => {
      sweep[Symbol.dispose]()
    },
  }
}

function operatorCalls(deps: PlaneDeps, fleet: FleetReader) {
  const safety = safetyModes(deps)
  const os = gatedOperator(safety.require)
  return {
    replicas: replicaCalls(os, deps, fleet),
    groups: groupCalls(os, deps),
    devices: deviceCalls(os, deps),
    safety: safetyCalls(os, safety),
    describe: os.describe.handler(() => ({
      ...deps.describe(),
      product: 'restore-console' as const,
      safety_modes: deps.safetyModes,
    })),
  }
}

function safetyCalls(os: GatedOperator, safety: SafetyModes) {
  return {
    session: os.safety.session.handler(({ context }) => safety.session(context.login, context.session)),
    raise: os.safety.raise.handler(({ context, input }) => safety.raise(context.login, context.session, input.mode)),
    lower: os.safety.lower.handler(({ context }) => safety.lower(context.login, context.session)),
  }
}
