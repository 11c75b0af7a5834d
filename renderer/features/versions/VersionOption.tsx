import { plural, t } from '@lingui/core/macro'
import { Badge } from '@mantine/core'
import type { ReactElement } from 'react'
import { Bytes } from '../../components/Bytes.tsx'
import { formatDay } from '../../components/format.ts'
import { Timestamp } from '../../components/Timestamp.tsx'
import classes from './Versions.module.css'
import type { VersionRow } from './version-rows.ts'

export interface VersionOptionProps {
  readonly row: VersionRow
  readonly position: number
  readonly count: number
  readonly isActive: boolean
  /** Pixels from the top of the list. */
  readonly offset: number
}

const WORDS: Readonly<Record<VersionRow['change'], string>> = {
  'first seen': t`First seen`,
  changed: t`Changed`,
  gone: t`Gone`,
  back: t`Back`,
}

/** One version: what happened, when, in how many snapshots it stayed so, and how it differs from the one before. */
export function VersionOption({ row, position, count, isActive, offset }: VersionOptionProps): ReactElement {
  const { change, since, isLookedAt, node, differences } = row
  return (
    <div
      role="option"
      aria-selected={isActive}
      aria-posinset={position + 1}
      aria-setsize={count}
      tabIndex={isActive ? 0 : -1}
      className={classes['version']}
      style={{ transform: `translateY(${offset}px)` }}
      data-row={position}
      data-active={isActive || undefined}
      data-autofocus={isActive || undefined}
      data-gone={node === null || undefined}
      data-newest={position === 0 || undefined}
      data-oldest={position === count - 1 || undefined}
    >
      <span className={classes['mark']} aria-hidden="true" />
      <span className={classes['what']}>
        <span className={classes['change']}>{WORDS[change]}</span> <Timestamp time={since} />
        {isLookedAt && <Badge size="sm">{t`looked at`}</Badge>}
      </span>
      <span className={classes['size']}>{node?.type === 'file' && <Bytes value={node.size} />}</span>
      <span className={classes['span']}>{spanWords(row)}</span>
      <span className={classes['differences']} title={differences.join(', ')}>
        {differences.join(', ')}
      </span>
    </div>
  )
}

function spanWords({ node, snapshots, isCurrent, until }: VersionRow): string {
  const day = formatDay(new Date(until))
  const where =
    node === null
      ? plural(snapshots, { one: 'not in # snapshot', other: 'not in # snapshots' })
      : plural(snapshots, { one: 'in # snapshot', other: 'in # snapshots' })
  if (isCurrent) return t`${where}, to the newest`
  return snapshots > 1 ? t`${where}, until ${day}` : where
}
