import { PlaneProblem } from '../../contract/control-plane/problem.ts'
import type { PlaneDeps } from './deps.ts'
import type { FleetReader } from './fleet-reader.ts'
import { gatedConsumer, openConsumer } from './gate.ts'
import { recordReport } from './report.ts'

/** What a restore consumer asks, but for its worklist, which goes out as the text that is kept of it. */
export function consumerCalls(deps: PlaneDeps, fleet: FleetReader) {
  const { store, now, issuer, enrolment, repositories } = deps
  return {
    registerCapabilities: gatedConsumer.registerCapabilities.handler(({ context, input }) => {
      const { id } = context.consumer
      const at = now().toISOString()
      store.transaction(() => {
        store.capabilities.replace(id, input.intents, at)
        store.devices.registered(id, at)
      })
    }),
    issueCredentials: gatedConsumer.issueCredentials.handler(({ context, input }) =>
      issuer.issue(context.consumer, input),
    ),
    reportVerification: gatedConsumer.reportVerification.handler(({ context, input }) => {
      recordReport({ ...deps, ...fleet }, context.consumer, input)
      repositories.look(input.group)
    }),
    enrol: openConsumer.enrol.handler(({ context: { pin }, input }) => {
      if (pin === null) throw new PlaneProblem('auth-missing-certificate', 'A client certificate is needed.')
      const { id, name, role } = enrolment.redeem(input.code, input.name ?? null, pin)
      return { device_id: id, name: name ?? '', role }
    }),
  }
}
