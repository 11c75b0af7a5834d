import { t } from '@lingui/core/macro'
import { VisuallyHidden } from '@mantine/core'
import { IconEyeOff } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import type { RollUp } from '../../../contract/shapes/compare.ts'
import { formatCount } from '../../components/format.ts'
import { LETTERS } from './ChangeMark.tsx'
import classes from './Compare.module.css'
import { type ChangeFilter, KINDS } from './change-rows.ts'
import { rollUpWords } from './words.ts'

export interface RollUpMarksProps {
  readonly rollUp: RollUp | null
  readonly filter: ChangeFilter
  /** It is being counted. */
  readonly isComing: boolean
}

/** What differs below a folder: restic's letters with how many there are of each. */
export function RollUpMarks({ rollUp, filter, isComing }: RollUpMarksProps): ReactElement {
  if (rollUp === null)
    return (
      <span className={classes['coming']} data-coming={isComing || undefined}>
        {isComing && <VisuallyHidden>{t`being compared`}</VisuallyHidden>}
      </span>
    )
  const kinds = KINDS.filter((kind) => rollUp[kind] > 0 && (kind !== 'metadata' || filter.metadata))
  const { undecided = 0, unread = 0 } = rollUp
  const words = rollUpWords(rollUp, filter.metadata)
  return (
    <span className={classes['marks']} title={words}>
      <VisuallyHidden>{words}</VisuallyHidden>
      {kinds.map((kind) => (
        <span key={kind} className={classes['mark']} data-kind={kind} aria-hidden="true">
          {LETTERS[kind]}
          {formatCount(rollUp[kind])}
        </span>
      ))}
      {undecided > 0 && (
        <span className={classes['mark']} data-kind="undecided" aria-hidden="true">
          ?{formatCount(undecided)}
        </span>
      )}
      {unread > 0 && (
        <span className={classes['mark']} data-kind="undecided" aria-hidden="true">
          <IconEyeOff size={12} stroke={2} />
          {formatCount(unread)}
        </span>
      )}
    </span>
  )
}
