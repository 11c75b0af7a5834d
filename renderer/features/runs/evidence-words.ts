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
        ? t`It was to be read back but did not get that far: nothing shows yet that the files match the snapshot.`
        : t`Not read back: it was not asked for. Nothing shows that the files match the snapshot.`,
    }
  const { equal, equalBytes, different, unread } = evidence
  const good = t`${plural(equal, { one: '# file', other: '# files' })}, ${{ bytes: formatBytes(equalBytes) }}, equal to the snapshot`
  const differ = different === 0 ? [] : [plural(different, { one: '# differs', other: '# differ' })]
  const missed = unread === 0 ? [] : [plural(unread, { one: '# could not be read', other: '# could not be read' })]
  const said = [good, ...differ, ...missed].join('; ')
  const sentence = t`Read back: ${said}.`
  const bad = [...differ, ...(unread === 0 ? [] : [t`${{ count: formatCount(unread) }} unread`])]
  if (bad.length > 0) return { state: 'failed', word: bad.join(', '), sentence }
  return equal === 0
    ? { state: 'unknown', word: t`nothing to read`, sentence: t`There was no file to read back.` }
    : { state: 'succeeded', word: t`verified`, sentence }
}
