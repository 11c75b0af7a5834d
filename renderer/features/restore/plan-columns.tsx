import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Skeleton, Text } from '@mantine/core'
import { showFileName } from '../../../contract/shapes/file-name.ts'
import type { PlanAction, RestorePlan } from '../../../contract/shapes/restore.ts'
import { Bytes } from '../../components/Bytes.tsx'
import { FileName } from '../../components/FileName.tsx'
import { StateBadge, type StateName } from '../../components/StateBadge.tsx'
import type { Column } from '../../components/table-columns.ts'
import { ACTION_WORDS, type PlanRow, reasonOf } from './plan-rows.ts'
import classes from './Restore.module.css'

const STATES: Readonly<Record<PlanAction, StateName>> = {
  delete: 'failed',
  update: 'partial',
  create: 'succeeded',
  skip: 'interrupted',
  unchanged: 'unknown',
}

/** The columns of a plan's items; into a fresh folder nothing has a reason, and its column would take room from the paths. */
export function planColumns(plan: Pick<RestorePlan, 'fresh' | 'follows'>): readonly Column<PlanRow>[] {
  const columns: readonly Column<PlanRow>[] = [
    {
      id: 'action',
      title: t`Action`,
      width: '98px',
      cell: ({ item }) =>
        item === null ? <Waiting /> : <StateBadge state={STATES[item.action]}>{ACTION_WORDS[item.action]}</StateBadge>,
    },
    {
      id: 'path',
      title: t`Path`,
      width: 'minmax(160px, 2.2fr)',
      cell: ({ item }) =>
        item === null ? (
          <Waiting />
        ) : (
          <span title={showFileName(item.path)}>
            <FileName name={item.type === 'dir' && item.path !== '/' ? `${item.path}/` : item.path} />
            {item.comesAs !== '' && (
              <span className={classes['renamed']}>
                {' '}
                <Trans>
                  comes as <FileName name={item.comesAs} />
                </Trans>
              </span>
            )}
          </span>
        ),
    },
    {
      id: 'size',
      title: t`Size`,
      width: '80px',
      align: 'end',
      cell: ({ item }) => (item === null || item.type !== 'file' ? null : <Bytes value={item.size} />),
    },
    {
      id: 'reason',
      title: t`Why`,
      width: 'minmax(110px, 1fr)',
      hideBelow: 520,
      cell: ({ item }) =>
        item === null ? null : (
          <Text span c="dimmed" title={reasonOf(item, plan)}>
            {reasonOf(item, plan)}
          </Text>
        ),
    },
  ]
  return plan.fresh ? columns.filter(({ id }) => id !== 'reason') : columns
}

function Waiting() {
  return <Skeleton height={9} radius="sm" width="60%" />
}
