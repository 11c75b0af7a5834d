import type { SafetyMode, SafetySession } from '../../contract/control-plane/fleet.ts'
import { PlaneProblem } from '../../contract/control-plane/problem.ts'
import type { SafetyRecord } from '../store/index.ts'
import type { PlaneDeps } from './deps.ts'
import type { SafetyGate } from './gate.ts'

/** Milliseconds that a raise lasts, from when it was made; activity does not make it longer. */
const RAISED = 10 * 60_000
/** Milliseconds that are honoured beyond it and never told: who has seen the last second may still finish. */
const UNSPOKEN = 60_000
/** Milliseconds after which a session that nobody raised is forgotten. */
const FORGOTTEN = 7 * 86_400_000

const LADDER: readonly SafetyMode[] = ['read-only', 'write', 'danger']

/** How far operators have unlocked changes. One's session is nobody else's: a foreign, old or unknown id is as none. */
export interface SafetyModes {
  readonly require: SafetyGate
  session(login: string, id: string | null): SafetySession
  raise(login: string, id: string | null, mode: SafetyMode): SafetySession
  lower(login: string, id: string | null): SafetySession
}

type Deps = Pick<PlaneDeps, 'store' | 'now' | 'newId' | 'safetyModes'>

/** Without safety modes every change may be made, and there is no session to ask for. */
export function safetyModes({ store, now, newId, safetyModes: has }: Deps): SafetyModes {
  const own = (login: string, id: string | null): SafetyRecord | undefined => {
    const record = id === null ? undefined : store.safety.get(id)
    return record?.login === login ? record : undefined
  }
  const put = (login: string, id: string | null, mode: SafetyMode): SafetySession => {
    if (!has) throw new PlaneProblem('resource-not-found', 'This control plane has no safety modes.')
    const at = now().toISOString()
    store.safety.forgetBefore(new Date(now().getTime() - FORGOTTEN).toISOString())
    const before = own(login, id) ?? { id: newId(), login, madeAt: at }
    const record = { ...before, mode, raisedAt: mode === 'read-only' ? null : at }
    store.safety.put(record)
    return shown(record, now())
  }
  return {
    require: (needed, login, id) => {
      if (!has || needed === 'read-only') return
      const record = own(login, id)
      const mode = record !== undefined && isRaised(record, now(), RAISED + UNSPOKEN) ? record.mode : 'read-only'
      if (LADDER.indexOf(mode) >= LADDER.indexOf(needed)) return
      throw new PlaneProblem('safety-mode-too-low', `This takes the safety mode ${needed}.`)
    },
    session: (login, id) => {
      const record = own(login, id)
      return record === undefined || !has ? put(login, id, 'read-only') : shown(record, now())
    },
    raise: (login, id, mode) => {
      if (mode === 'read-only') throw new PlaneProblem('bad-request', 'The mode read-only is lowered to, not raised.')
      return put(login, id, mode)
    },
    lower: (login, id) => put(login, id, 'read-only'),
  }
}

function isRaised({ raisedAt }: SafetyRecord, now: Date, lasts: number): boolean {
  return raisedAt !== null && now.getTime() <= Date.parse(raisedAt) + lasts
}

function shown(record: SafetyRecord, now: Date): SafetySession {
  const { id, mode, raisedAt } = record
  if (raisedAt === null || !isRaised(record, now, RAISED)) return { id, mode: 'read-only', raise_expires_at: null }
  return { id, mode, raise_expires_at: new Date(Date.parse(raisedAt) + RAISED).toISOString() }
}
