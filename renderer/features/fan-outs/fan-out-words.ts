import { plural, t } from '@lingui/core/macro'
import type { FanOut, FanOutHost, FanOutHostState } from '../../../contract/shapes/fan-out.ts'
import { showFileName } from '../../../contract/shapes/file-name.ts'
import type { NewRestore } from '../../../contract/shapes/restore.ts'
import { describeFault } from '../../client/describe-fault.ts'
import type { CountedPart } from '../../components/CountsBar.tsx'
import type { StateName } from '../../components/StateBadge.tsx'

const SHOWN = 2
/** As many digits as restic shows of an id. */
const SHORT_ID = 8

/** What is restored of which snapshot, and to where, in one line. */
export function whatWords({ sources, target }: NewRestore): string {
  const paths = sources.flatMap(({ selection }) => selection.include)
  const [first] = sources
  const from =
    sources.length === 1
      ? t`snapshot ${first?.snapshotId.slice(0, SHORT_ID) ?? ''}`
      : plural(sources.length, { one: '# snapshot', other: '# snapshots' })
  const more = paths.length - SHOWN
  const some = t`${paths.slice(0, SHOWN).map(showFileName).join(', ')}${more > 0 ? t` and ${more} more` : ''} of`
  return `${paths.includes('/') ? t`The whole of` : some} ${from}, ${targetWords(target)}.`
}

function targetWords(target: NewRestore['target']): string {
  switch (target.kind) {
    case 'staging':
      return t`into a fresh folder on each host`
    case 'path':
      return t`into ${showFileName(target.path)} on each host`
    case 'in-place':
      return t`in place, over the original files`
  }
}

/** The colour of a host's state; `waiting` and the like have no colour of their own. */
export function badgeOf(state: FanOutHostState): StateName {
  switch (state) {
    case 'waiting':
    case 'starting':
      return 'queued'
    case 'refused':
      return 'failed'
    case 'passed-over':
      return 'cancelled'
    default:
      return state
  }
}

/** What there is to say of a host beside its state: why nothing came of it, or how much is not there. */
export function remarkOn({ state, fault, counts }: FanOutHost): string {
  if (fault !== null) {
    const { title, explanation } = describeFault(fault)
    return explanation === '' ? title : `${title}. ${explanation}`
  }
  if (state === 'passed-over') return t`Nobody asked it: this was stopped before.`
  const lost = [
    counts.failed > 0 ? t`${plural(counts.failed, { one: '# item', other: '# items' })} failed` : '',
    counts.skipped > 0 ? t`${plural(counts.skipped, { one: '# item', other: '# items' })} skipped` : '',
  ].filter((part) => part !== '')
  return lost.join(', ')
}

/** Hosts by what came of it, as a bar counts them. */
export function hostParts(
  hosts: readonly { readonly state: FanOutHostState; readonly count: number }[],
): CountedPart[] {
  const order: readonly StateName[] = [
    'succeeded',
    'running',
    'queued',
    'unknown',
    'cancelled',
    'interrupted',
    'partial',
    'failed',
  ]
  return order.flatMap((state) => {
    const count = hosts.filter((host) => badgeOf(host.state) === state).reduce((sum, host) => sum + host.count, 0)
    return count === 0 ? [] : [{ word: WORDS[state] ?? state, count, state }]
  })
}

const WORDS: Partial<Record<StateName, string>> = { queued: t`waiting`, cancelled: t`not done` }

/** Hosts on which it is worth trying again. */
export function failedHosts({ hosts }: Pick<FanOut, 'hosts'>): string[] {
  return hosts
    .filter(({ state }) => state !== 'succeeded' && state !== 'running' && state !== 'queued')
    .map(({ hostId }) => hostId)
}
