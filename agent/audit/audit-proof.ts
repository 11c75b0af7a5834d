import { hostname } from 'node:os'
import { Fault } from '../../contract/errors.ts'
import type { AuditAnchor, AuditCheck } from '../../contract/shapes/audit-chain.ts'
import type { Clock } from '../clock.ts'
import type { Journal } from '../journal/open-journal.ts'
import { type ChainSource, journalSource } from './chain-source.ts'
import { checkChain } from './check-chain.ts'

interface AuditProofDeps {
  readonly journal: Pick<Journal, 'audit'>
  readonly agentId: string
  readonly clock: Clock
}

/** Shows whether the audit is what was written. */
export class AuditProof {
  readonly #deps: AuditProofDeps
  readonly #source: ChainSource
  /** One check at a time: each reads all that there is. */
  #checking: Promise<unknown> = Promise.resolve()

  constructor(deps: AuditProofDeps) {
    this.#deps = deps
    this.#source = journalSource(deps.journal.audit)
  }

  /** Check all of it, from the first entry. Throws `conflict` (`other_anchor`), and the signal's reason. */
  async verify(anchor: AuditAnchor | null, signal: AbortSignal): Promise<AuditCheck> {
    const { agentId } = this.#deps
    if (anchor !== null && anchor.agentId !== agentId) {
      throw new Fault('conflict', { what: 'other_anchor', detail: `${anchor.hostname} (${anchor.agentId})` })
    }
    const check = this.#checking.then(() => {
      signal.throwIfAborted()
      return checkChain(this.#source, { anchor, signal })
    })
    this.#checking = check.catch(() => undefined)
    return check
  }

  /** Where it stands now, once all of it was checked. Throws `conflict` (`audit_broken`), and the signal's reason. */
  async anchor(signal: AbortSignal): Promise<AuditAnchor> {
    const { whole: sequence, hash, broken } = await this.verify(null, signal)
    if (broken !== null) throw new Fault('conflict', { what: 'audit_broken', detail: String(broken.sequence) })
    const { agentId, clock } = this.#deps
    return { sequence, hash, at: clock.now().toISOString(), agentId, hostname: hostname() }
  }
}
