import { createHash, randomBytes } from 'node:crypto'
import { Fault } from '../../contract/errors.ts'
import type { Grant } from '../../contract/procedure.ts'
import type { Redeemed, Redemption, RedemptionRefusal } from '../../contract/shapes/enrolment.ts'
import type { Connection } from '../connection.ts'
import type { CodeRecord } from '../journal/code-store.ts'
import type { Peers, TrustDeps } from './peers.ts'
import { settleWorkspace, workspaceOf } from './workspace.ts'

const CODE_BYTES = 16
const REFUSED = { used: 'was used already', expired: 'has expired', workspace: 'is for another workspace' } as const

/** What a code is to let somebody in as. */
export interface Invitation extends Grant {
  readonly workspace: string
  /** How long it is good for. */
  readonly seconds: number
}

/** Who gives a code: a key that it has shown to hold, and where it calls from. */
export interface Redeemer {
  readonly pin: string
  readonly address: string
}

export type Admission = Pick<Redeemed, 'workspace' | 'role' | 'permissions'>

/** One-time codes: made by the host's administrator, each good for enrolling one console. */
export class Codes {
  readonly #deps: TrustDeps
  readonly #peers: Peers

  constructor(deps: TrustDeps, peers: Peers) {
    this.#deps = deps
    this.#peers = peers
  }

  /** The tenant that this host belongs to; null before the first code was made. */
  workspace(): string | null {
    return workspaceOf(this.#deps.journal)
  }

  /**
   * Make a code, of which only the hash is kept. The first one settles the host's workspace; as long as nobody has been
   * enrolled another may still be named, which makes the codes for the one before worth nothing. Throws `conflict`
   * (`other_workspace`).
   */
  make({ role, permissions, workspace, seconds }: Invitation, by: Connection): { code: string; expiresAt: string } {
    const { journal, audit, clock } = this.#deps
    const code = randomBytes(CODE_BYTES).toString('base64url')
    const madeAt = clock.now()
    const expiresAt = new Date(madeAt.getTime() + seconds * 1000).toISOString()
    const record = { hash: hashOf(code), workspace, role, permissions, madeBy: by.peer, expiresAt }
    journal.transaction(() => {
      const settled = this.workspace()
      if (settled !== null && settled !== workspace && journal.codes.anyUsed()) {
        throw new Fault('conflict', { what: 'other_workspace', detail: settled })
      }
      const summary = `Make a code for ${wordsFor(record)}, good until ${expiresAt}`
      const entry = audit.open(by, { action: 'peer.invite', summary })
      settleWorkspace(journal, workspace)
      journal.codes.insert({ ...record, madeAt: madeAt.toISOString(), usedAt: null, usedBy: null })
      audit.close(entry, { outcome: 'done' })
    })
    return { code, expiresAt }
  }

  /** Let a console in for a code, or say why not. All of it is one transaction: of two at once, one is let in. */
  redeem(
    { code, workspace, peer: name }: Redemption,
    by: Redeemer,
  ): Admission | { readonly refused: RedemptionRefusal['refused'] } {
    const { journal, logger } = this.#deps
    const outcome = journal.transaction(() => {
      const record = journal.codes.get(hashOf(code))
      // What is no code of ours is not audited: strangers could fill the journal with it.
      if (record === undefined) return { refused: 'unknown' as const }
      const refused = this.#refusalOf(record, workspace)
      this.#write({ record, name, by, refused })
      return refused === undefined ? record : { refused }
    })
    if ('refused' in outcome) {
      logger.warn('enrolment.refused', { reason: outcome.refused, name, ...by })
      return outcome
    }
    const { role, permissions } = outcome
    this.#peers.endConnections(by.pin, 'enrolled again')
    logger.info('enrolment.accepted', { name, role, permissions, workspace, ...by })
    return { workspace, role, permissions: [...permissions] }
  }

  #refusalOf(record: CodeRecord, workspace: string): keyof typeof REFUSED | undefined {
    if (record.usedAt !== null) return 'used'
    if (Date.parse(record.expiresAt) <= this.#deps.clock.now().getTime()) return 'expired'
    return record.workspace === workspace && workspace === this.workspace() ? undefined : 'workspace'
  }

  #write(redemption: {
    readonly record: CodeRecord
    readonly name: string
    readonly by: Redeemer
    readonly refused: keyof typeof REFUSED | undefined
  }): void {
    const { record, name, by, refused } = redemption
    const { journal, audit, clock } = this.#deps
    const { workspace, role, permissions } = record
    const caller: Connection = { peer: name, role, permissions, workspace, origin: `enrolment from ${by.address}` }
    const summary = `Enrol ${name} (key ${by.pin}) as ${wordsFor(record)}`
    if (refused !== undefined) {
      return audit.refuse(caller, { action: 'peer.enrol', summary: `${summary}: the code ${REFUSED[refused]}` })
    }
    const entry = audit.open(caller, { action: 'peer.enrol', summary })
    const at = clock.now().toISOString()
    journal.codes.use(record.hash, { by: by.pin, at })
    const granted = { workspace, role, permissions: [...permissions] }
    journal.peers.put({ pin: by.pin, name, ...granted, enrolledAt: at, lastSeenAt: null })
    audit.close(entry, { outcome: 'done' })
  }
}

function wordsFor({ role, permissions, workspace }: Grant & { readonly workspace: string }): string {
  const more = permissions.length === 0 ? '' : ` who ${permissions.map((name) => `may ${name}`).join(', ')}`
  return `${role} of ${workspace}${more}`
}

function hashOf(code: string): string {
  return createHash('sha256').update(code).digest('base64url')
}
