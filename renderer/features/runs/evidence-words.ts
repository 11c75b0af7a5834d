import { plural, t } from '@lingui/core/macro'
import type { Evidence } from '../../../contract/shapes/run.ts'
import { formatBytes, formatCount } from '../../components/format.ts'
import type { StateName } from '../../components/StateBadge.tsx'

export interface EvidenceWords {
  readonly state: StateName
  /** For a column: `verified`, `2 differ`, `not read back`. */
  readonly word: string
  readonly sentence: string
}

/** What was read back of a restore and compared, in words. `wanted`: it was asked for. */
export function evidenceWords(evidence: Evidence | null, wanted: boolean): EvidenceWords {
  if (evidence === null)
    return {
      state: 'unknown',
      word: t`not read back`,
      sentence: wanted
        ? t`It was to be read back, and has not come to that: nothing shows yet that the files are as the snapshot has them.`
        : t`Not read back: it was not asked for. Nothing shows that the files are as the snapshot has them.`,
    }
  const { equal, equalBytes, different, unread } = evidence
  const good = t`${plural(equal, { one: '# file', other: '# files' })}, ${formatBytes(equalBytes)}, equal to the snapshot`
  const differ = different === 0 ? '' : `${formatCount(different)} ${different === 1 ? 'differs' : 'differ'}`
  const missed = unread === 0 ? '' : formatCount(unread)
  const said = [good, differ, missed === '' ? '' : t`${missed} could not be read`].filter((part) => part !== '')
  const sentence = t`Read back: ${said.join('; ')}.`
  const bad = [differ, missed === '' ? '' : t`${missed} unread`].filter((part) => part !== '')
  if (bad.length > 0) return { state: 'failed', word: bad.join(', '), sentence }
  return equal === 0
    ? { state: 'unknown', word: t`nothing to read`, sentence: t`There was no file to read back.` }
    : { state: 'succeeded', word: t`verified`, sentence }
}
