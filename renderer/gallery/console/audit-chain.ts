import type { AuditAnchor, AuditCheck } from '../../../contract/shapes/audit-chain.ts'
import { before } from './moments.ts'

/** The host in the gallery whose record somebody has changed. */
const TAMPERED = 'web-01'
const ENTRIES = 1_204
/** In place of a host: the console's own record. */
export const OWN = 'ops-laptop'

export function checkOf(hostId: string, anchor: AuditAnchor | null): AuditCheck {
  const whole = { whole: ENTRIES, hash: 'a'.repeat(64), lastAt: before({ hours: 4 }), broken: null }
  if (hostId !== TAMPERED) return { ...whole, anchorHolds: anchor && true }
  const follows = { sequence: 811, at: before({ days: 1, hours: 15 }), says: 'jonas@jump-1, host.restore: /var/www' }
  const broken = {
    sequence: 812,
    until: 812,
    at: before({ days: 1, hours: 14 }),
    says: 'field-1@lab, file.preview: /etc/shadow',
    wrong: 'changed',
    follows,
    segment: null,
  } as const
  return { ...whole, whole: 811, lastAt: follows.at, anchorHolds: anchor && false, broken }
}

export function anchorOf(hostId: string): AuditAnchor {
  return { sequence: ENTRIES, hash: 'a'.repeat(64), at: before({ seconds: 1 }), agentId: hostId, hostname: hostId }
}
