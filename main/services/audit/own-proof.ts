import { setImmediate as others } from 'node:timers/promises'
import { AuditProof, type Breathe } from '../../../contract/audit-chain/audit-proof.ts'
import type { ChainLink } from '../../../contract/audit-chain/chain.ts'
import type { ChainSource } from '../../../contract/audit-chain/chain-source.ts'
import { describeLink } from '../../../contract/audit-chain/describe-link.ts'
import type { AuditAnchor, AuditBreak } from '../../../contract/shapes/audit-chain.ts'
import {
  type AuditListCheck,
  type AuditStore,
  chain,
  type ConsoleStore,
  type ListedOtherwise,
} from '../../store/index.ts'
import type { Clock } from '../clock.ts'
import { os } from '../console.ts'
import { signalOf } from '../signals.ts'

/** Rows that are read at once. */
const PAGE = 1000

interface Deps {
  readonly store: Pick<ConsoleStore, 'audit' | 'auditList'>
  readonly clock: Clock
  /** This console, as an anchor names it. */
  readonly owner: Pick<AuditAnchor, 'agentId' | 'hostname'>
}

/** Shows whether this console's own audit is what was written, and whether what is listed is what it says. */
export function ownProof({ store, clock, owner }: Deps): AuditProof {
  const source = sourceOf(store.audit)
  const also = (breathe: Breathe): Promise<AuditBreak | null> => listedOtherwise(source, store.auditList, breathe)
  return new AuditProof({ chain, source, owner, now: () => clock.now(), also })
}

/** What `audit.*` of the console's contract says of the record that is kept here. */
export function ownChainHandlers(proof: AuditProof) {
  return {
    verifyOwn: os.audit.verifyOwn.handler(({ input, signal }) => proof.verify(input.anchor, breathing(signal))),
    anchorOwn: os.audit.anchorOwn.handler(({ signal }) => proof.anchor(breathing(signal))),
  }
}

function breathing(given: AbortSignal | undefined): Breathe {
  const signal = signalOf({ signal: given })
  return () => others(undefined, { signal })
}

function sourceOf(audit: AuditStore): ChainSource {
  return {
    *pages() {
      let after = Number.MIN_SAFE_INTEGER
      while (true) {
        const links = audit.chain.page(after, PAGE)
        const last = links.at(-1)
        if (last === undefined) return
        yield links
        after = last.sequence
      }
    },
    segmentOf: () => null,
  }
}

/** The screens show the list: it must say what the chain says, of the same entries in the same order. */
async function listedOtherwise(
  source: ChainSource,
  list: AuditListCheck,
  breathe: Breathe,
): Promise<AuditBreak | null> {
  let [listed, end] = [0, 0]
  for (const links of source.pages()) {
    const found = list.differing(links, listed)
    if (found.wrong !== null) return describe(found.wrong)
    listed = found.listed
    end = links.at(-1)?.sequence ?? end
    await breathe()
  }
  const foreign = list.foreign()
  return foreign === null ? null : describe(foreign, end + 1)
}

function describe({ wrong, opened, record }: ListedOtherwise, place = 0): AuditBreak {
  const sequence = opened?.sequence ?? place
  const { at, says } = describeLink(opened ?? asOpened(record))
  return { wrong, sequence, until: sequence, at, says, follows: null, segment: null }
}

/** An entry that the chain knows nothing of, as it would stand there. */
function asOpened(record: string): ChainLink {
  return { sequence: 0, entryId: '', step: 'opened', runId: null, body: record, previous: '', hash: '' }
}
