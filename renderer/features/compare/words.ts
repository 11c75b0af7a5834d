import { plural, t } from '@lingui/core/macro'
import type { ChangeKind, RollUp } from '../../../contract/shapes/compare.ts'
import { formatBytes, formatCount } from '../../components/format.ts'
import { NODE_TYPE_WORDS } from '../../components/node-types.ts'
import { type ChangeRow, typeOf } from './change-rows.ts'

export const KIND_WORDS: Readonly<Record<ChangeKind, string>> = {
  added: t`added`,
  removed: t`removed`,
  modified: t`content changed`,
  retyped: t`type changed`,
  metadata: t`metadata changed`,
  inside: t`changed inside`,
  undecided: t`not compared yet`,
  same: t`the same`,
}

/** What differs of a path that is no folder, in a few words. */
export function differenceWords(row: ChangeRow): string {
  switch (row.kind) {
    case 'modified':
      return row.bitRot ? t`content, though nothing else` : sizeWords(row.sizeAfter - row.sizeBefore)
    case 'retyped':
      return `${NODE_TYPE_WORDS[row.typeBefore ?? 'irregular']} → ${NODE_TYPE_WORDS[typeOf(row)]}`
    case 'metadata':
      return metadataWords(row)
    case 'undecided':
      return t`another time, the same size`
    default:
      return ''
  }
}

function sizeWords(difference: number): string {
  if (difference === 0) return t`content, of the same size`
  return `${difference > 0 ? '+' : '−'}${formatBytes(Math.abs(difference))}`
}

function metadataWords({
  modeBefore,
  modeAfter,
  modifiedBefore,
  modifiedAfter,
  linkBefore,
  linkAfter,
}: ChangeRow): string {
  const parts = [
    modeBefore === modeAfter ? '' : t`mode ${octal(modeBefore)} → ${octal(modeAfter)}`,
    linkBefore === linkAfter ? '' : t`points elsewhere`,
    modifiedBefore === modifiedAfter ? '' : t`time`,
  ].filter((part) => part !== '')
  return parts.length > 0 ? parts.join(', ') : t`owner, attributes or identity`
}

export function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0')
}

/** `+1.2 GiB −300 MiB`: what one side has that the other has not, changed files by what they grew or shrank. */
export function bytesWords(rollUp: RollUp): string {
  const grown = rollUp.modifiedBytesAfter - rollUp.modifiedBytesBefore
  const more = rollUp.addedBytes + Math.max(0, grown)
  const less = rollUp.removedBytes + Math.max(0, -grown)
  return [more > 0 ? `+${formatBytes(more)}` : '', less > 0 ? `−${formatBytes(less)}` : ''].filter(Boolean).join(' ')
}

/** The counts of a roll-up in words, for who hears them. */
export function rollUpWords(rollUp: RollUp, withMetadata: boolean): string {
  const { added, removed, modified, retyped, metadata, undecided = 0, unread = 0 } = rollUp
  const said = [
    ...counted(added, (count) => t`${count} added`),
    ...counted(removed, (count) => t`${count} removed`),
    ...counted(modified, (count) => t`${count} changed`),
    ...counted(retyped, (count) => t`${count} of another type`),
    ...counted(withMetadata ? metadata : 0, (count) => t`${count} with other metadata`),
    ...counted(undecided, (count) => t`${count} not compared yet`),
    ...counted(unread, () =>
      plural(unread, {
        one: '# folder that cannot be read',
        other: '# folders that cannot be read',
      }),
    ),
  ]
  return said.length === 0 ? t`nothing` : said.join(', ')
}

function counted(count: number, words: (count: string) => string): readonly string[] {
  return count === 0 ? [] : [words(formatCount(count))]
}

/** The button below a text of which only the first rows are in the page. */
export function moreWords(rest: number, most: number): string {
  const [some, all] = [formatCount(Math.min(most, rest)), formatCount(rest)]
  return t`Show ${some} more of ${all} rows`
}
