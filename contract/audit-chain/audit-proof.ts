import { Fault } from '../errors.ts'
import type { AuditAnchor, AuditBreak, AuditCheck } from '../shapes/audit-chain.ts'
import type { Chain } from './chain.ts'
import type { ChainSource } from './chain-source.ts'
import { checkChain } from './check-chain.ts'

/** Lets others have their turn; rejects when nobody wants the answer any more. */
export type Breathe = () => Promise<unknown>

export interface AuditProofDeps {
  readonly chain: Chain
  readonly source: ChainSource
  /** Whose audit it is. */
  readonly owner: Pick<AuditAnchor, 'agentId' | 'hostname'>
  readonly now: () => Date
  /** What else must be as the rows say; asked once these are as they were written. */
  readonly also?: (breathe: Breathe) => Promise<AuditBreak | null>
}

/** Shows whether an audit is what was written. */
export class AuditProof {
  readonly #deps: AuditProofDeps
  /** One check at a time: each reads all that there is. */
  #checking: Promise<unknown> = Promise.resolve()

  constructor(deps: AuditProofDeps) {
    this.#deps = deps
  }

  /** Check all of it, from the first entry. Throws `conflict` (`other_anchor`), and what `breathe` rejects with. */
  async verify(anchor: AuditAnchor | null, breathe: Breathe): Promise<AuditCheck> {
    const { agentId } = this.#deps.owner
    if (anchor !== null && anchor.agentId !== agentId) {
      throw new Fault('conflict', { what: 'other_anchor', detail: `${anchor.hostname} (${anchor.agentId})` })
    }
    const check = this.#checking.then(() => this.#check(anchor, breathe))
    this.#checking = check.catch(() => undefined)
    return check
  }

  /** Where it stands now, once all of it was checked. Throws `conflict` (`audit_broken`), and what `breathe` rejects with. */
  async anchor(breathe: Breathe): Promise<AuditAnchor> {
    const { whole: sequence, hash, broken } = await this.verify(null, breathe)
    if (broken !== null) throw new Fault('conflict', { what: 'audit_broken', detail: String(broken.sequence) })
    const { owner, now } = this.#deps
    return { sequence, hash, at: now().toISOString(), ...owner }
  }

  async #check(anchor: AuditAnchor | null, breathe: Breathe): Promise<AuditCheck> {
    const { chain, source, also } = this.#deps
    await breathe()
    const check = await checkChain(source, { chain, anchor, breathe })
    const broken = check.broken === null && also !== undefined ? await also(breathe) : null
    return broken === null
      ? check
      : { ...check, broken, whole: Math.min(check.whole, Math.max(0, broken.sequence - 1)) }
  }
}
