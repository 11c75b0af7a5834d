import { t } from '@lingui/core/macro'
import { Skeleton, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { showFileName } from '../../../contract/shapes/file-name.ts'
import type { Run } from '../../../contract/shapes/run.ts'
import { Bytes } from '../../components/Bytes.tsx'
import { FileName } from '../../components/FileName.tsx'
import { StateBadge } from '../../components/StateBadge.tsx'
import type { Column } from '../../components/table-columns.ts'
import type { LedgerRow } from './ledger-rows.ts'
import { NodeIcon } from './NodeIcon.tsx'
import classes from './Run.module.css'
import { actionState, LEDGER_WORDS } from './run-words.ts'

const COLUMNS: readonly Column<LedgerRow>[] = [
  {
    id: 'action',
    title: t`Outcome`,
    width: '104px',
    cell: ({ item }) =>
      item === null ? (
        <Waiting />
      ) : (
        <StateBadge state={actionState(item.action)}>{LEDGER_WORDS[item.action]}</StateBadge>
      ),
  },
  {
    id: 'path',
    title: t`Path`,
    width: 'minmax(160px, 2fr)',
    cell: ({ item }) =>
      item === null ? (
        <Waiting />
      ) : (
        <span className={classes['path']} title={showFileName(item.path)}>
          <NodeIcon type={item.type} />
          <FileName name={item.path} />
        </span>
      ),
  },
  {
    id: 'reason',
    title: t`Reason and next step`,
    width: 'minmax(110px, 1.4fr)',
    cell: ({ item }) =>
      item === null ? null : (
        <Text span c="dimmed" title={item.reason}>
          {item.reason}
        </Text>
      ),
    hideBelow: 480,
  },
  {
    id: 'size',
    title: t`Size`,
    width: '76px',
    align: 'end',
    cell: ({ item }) =>
      item === null || item.size === null || item.type === 'dir' ? null : <Bytes value={item.size} />,
  },
]
const WITHOUT_REASON = COLUMNS.filter(({ id }) => id !== 'reason')

/** Where all went well no item has a reason, and its column would only take room from the paths. */
export function ledgerColumns({ counts }: Pick<Run, 'counts'>): readonly Column<LedgerRow>[] {
  return counts.failed + counts.skipped > 0 ? COLUMNS : WITHOUT_REASON
}

function Waiting(): ReactElement {
  return <Skeleton height={9} radius="sm" width="60%" />
}
