import { plural, t } from '@lingui/core/macro'
import type { FanOut, FanOutHost, FanOutHostState } from '../../../contract/shapes/fan-out.ts'
import { showFileName } from '../../../contract/shapes/file-name.ts'
import type { NewRestore } from '../../../contract/shapes/restore.ts'
import { describeFault } from '../../client/describe-fault.ts'
import type { CountedPart } from '../../components/CountsBar.tsx'
import { formatCount } from '../../components/format.ts'
import { STATE_WORDS, type StateName } from '../../components/StateBadge.tsx'

const SHOWN = 2
/** As many digits as restic shows of an id. */
const SHORT_ID = 8

/** What is restored of which snapshot, and to where, in one line. */
export function whatWords({ sources, target }: NewRestore): string {
  const paths = sources.flatMap(({ selection }) => selection.include)
  const where = targetWords(target)
  const isWhole = paths.includes('/')
  const some = someWords(paths)
  if (sources.length !== 1)
    return isWhole
      ? plural(sources.length, {
          one: `The whole of # snapshot, ${where}.`,
          other: `The whole of # snapshots, ${where}.`,
        })
      : plural(sources.length, { one: `${some} of # snapshot, ${where}.`, other: `${some} of # snapshots, ${where}.` })
  const id = sources[0]?.snapshotId.slice(0, SHORT_ID) ?? ''
  return isWhole ? t`The whole of snapshot ${id}, ${where}.` : t`${some} of snapshot ${id}, ${where}.`
}

function someWords(paths: readonly string[]): string {
  const [named, more] = [paths.slice(0, SHOWN).map(showFileName).join(', '), paths.length - SHOWN]
  return more > 0 ? t`${named} and ${{ count: formatCount(more) }} more` : named
}

function targetWords(target: NewRestore['target']): string {
  switch (target.kind) {
    case 'staging':
      return t`into a fresh folder on each host`
    case 'path':
      return t`into ${{ folder: showFileName(target.path) }} on each host`
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

/** A host's state in a word. */
export function hostStateWord(state: FanOutHostState): string {
  switch (state) {
    case 'waiting':
      return t`waiting`
    case 'starting':
      return t`starting`
    case 'refused':
      return t`refused`
    case 'passed-over':
      return t`not begun`
    default:
      return STATE_WORDS[state]
  }
}

/** Details of a host beside its state: why nothing came of it, or how much is not there. */
export function remarkOn({ state, fault, counts }: FanOutHost): string {
  if (fault !== null) {
    const { title, explanation } = describeFault(fault)
    return explanation === '' ? title : `${title}. ${explanation}`
  }
  if (state === 'passed-over') return t`Not started: the restore was stopped before its turn.`
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
    return count === 0 ? [] : [{ word: WORDS[state] ?? STATE_WORDS[state], count, state }]
  })
}

const WORDS: Partial<Record<StateName, string>> = { queued: t`waiting`, cancelled: t`not done` }

/** Hosts on which it is worth trying again. */
export function failedHosts({ hosts }: Pick<FanOut, 'hosts'>): string[] {
  return hosts
    .filter(({ state }) => state !== 'succeeded' && state !== 'running' && state !== 'queued')
    .map(({ hostId }) => hostId)
}
