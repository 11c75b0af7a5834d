import { implement } from '@orpc/server'
import type { SafetyMode } from '../../contract/control-plane/fleet.ts'
import { consumerContract, operatorContract } from '../../contract/control-plane/index.ts'
import { PlaneProblem } from '../../contract/control-plane/problem.ts'
import type { Device } from '../store/index.ts'
import type { PlaneContext } from './deps.ts'

/** Whether a device's role lets it restore. */
export function isConsumer({ role }: Pick<Device, 'role'>): boolean {
  return role === 'backup-restore' || role === 'admin'
}

/** Throws `PlaneProblem`: no certificate, one that nobody knows, a device with another role. */
export function admit({ device, pin }: PlaneContext): Device {
  if (pin === null) throw new PlaneProblem('auth-missing-certificate', 'A client certificate is needed.')
  if (device === null) throw new PlaneProblem('auth-certificate-not-found', 'No device has this certificate.')
  if (isConsumer(device)) return device
  const title = `A device with the role ${device.role} may not do this: it takes backup-restore.`
  throw new PlaneProblem('auth-insufficient-permissions', title)
}

/** The consumer's contract, to be implemented: behind its gate there is a device with the role. */
export const gatedConsumer = implement(consumerContract)
  .$context<PlaneContext>()
  .use(({ context, next }) => next({ context: { consumer: admit(context) } }))

/** Without the gate, for whoever wants to become a device. */
export const openConsumer = implement(consumerContract).$context<PlaneContext>()

/** The login of an operator. Throws `PlaneProblem` (`auth-failed`) where nobody says who they are. */
export function admitOperator({ operator }: PlaneContext): string {
  if (operator !== null) return operator.login
  throw new PlaneProblem('auth-failed', 'An operator needs to say who they are.')
}

/** Throws `PlaneProblem` (`safety-mode-too-low`) where the session of an operator is in a lower mode than is needed. */
export type SafetyGate = (needed: SafetyMode, login: string, session: string | null) => void

/**
 * The operator's contract, to be implemented: every call is first held against who asks and the mode that it takes, which stands in the
 * contract, so that a new one cannot be forgotten here.
 */
export function gatedOperator(requireMode: SafetyGate) {
  return implement(operatorContract)
    .$context<PlaneContext>()
    .use(({ context, procedure, next }) => {
      const login = admitOperator(context)
      requireMode(procedure['~orpc'].meta.grade, login, context.session)
      return next({ context: { login } })
    })
}
export type GatedOperator = ReturnType<typeof gatedOperator>
