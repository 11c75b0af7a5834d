import { plural, t } from '@lingui/core/macro'
import { Group, SegmentedControl, Text } from '@mantine/core'
import { type ReactElement, useEffect, useEffectEvent, useMemo, useState } from 'react'
import type { PlanTotals, RestorePlan } from '../../../contract/shapes/restore.ts'
import { describeError } from '../../client/describe-fault.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { FilterInput } from '../../components/FilterInput.tsx'
import { formatCount } from '../../components/format.ts'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import { VirtualTable } from '../../components/VirtualTable.tsx'
import { planColumns } from './plan-columns.tsx'
import { ACTION_WORDS, itemsIn, type PlanRow, type PlanView, viewsOf } from './plan-rows.ts'
import classes from './Restore.module.css'
import { usePlanItems } from './use-plan-items.ts'

export interface PlanItemsTableProps {
  readonly hostId: string
  readonly plan: RestorePlan
  /** Another plan is being made. */
  readonly isStale: boolean
  /** The host does not remember this plan: it has to be made again. */
  onForgotten(): void
}

const ROW_PIXELS = 30
const rowKey = ({ at }: PlanRow): string => String(at)

/** The items of a plan, deletions on top; of any number, for only those in sight are read. */
export function PlanItemsTable(props: PlanItemsTableProps): ReactElement {
  const { hostId, plan, isStale, onForgotten } = props
  const [wanted, setWanted] = useState<PlanView>('changes')
  const [text, setText] = useState('')
  const views = viewsOf(plan.totals)
  const view = views.includes(wanted) ? wanted : (views[0] ?? 'all')
  const items = usePlanItems({ hostId, hash: plan.hash, view, text })
  const { fresh, follows } = plan
  const columns = useMemo(() => planColumns({ fresh, follows }), [fresh, follows])
  const forgotten = useEffectEvent(onForgotten)
  const isForgotten = items.isForgotten && !isStale
  useEffect(() => {
    if (isForgotten) forgotten()
  }, [isForgotten])
  return (
    <>
      <Group gap="sm">
        <Views totals={plan.totals} views={views} view={view} onChange={setWanted} />
        <FilterInput label={t`Filter the plan`} value={text} onChange={setText} />
      </Group>
      {items.rows === undefined ? (
        items.error !== null && !items.isForgotten ? (
          <ErrorState description={describeError(items.error)} onRetry={items.again} />
        ) : (
          <LoadingRows label={t`Reading the items`} rows={6} columns="90px 2fr 80px 1fr" />
        )
      ) : (
        <>
          <div className={classes['table']} data-earlier={isStale || items.isEarlier || undefined}>
            <VirtualTable
              label={t`Items of the plan`}
              rows={items.rows}
              columns={columns}
              rowKey={rowKey}
              rowHeight={ROW_PIXELS}
              onSight={items.onSight}
              empty={<EmptyState title={text === '' ? t`Nothing here` : t`No path contains that`} />}
            />
          </div>
          {text !== '' && (
            <Text
              size="xs"
              c="dimmed"
              role="status"
            >{t`${plural(items.rows.length, { one: '# item', other: '# items' })} with “${text}”`}</Text>
          )}
        </>
      )}
    </>
  )
}

function viewWords(view: PlanView): string {
  switch (view) {
    case 'changes':
      return t`only changes`
    case 'all':
      return t`all`
    default:
      return ACTION_WORDS[view]
  }
}

interface ViewsProps {
  readonly totals: PlanTotals
  readonly views: readonly PlanView[]
  readonly view: PlanView
  onChange(view: PlanView): void
}

/** Which of the items are shown, with how many they are; nothing where there is no choice. */
function Views({ totals, views, view, onChange }: ViewsProps): ReactElement | null {
  if (views.length === 1) return null
  return (
    <SegmentedControl
      aria-label={t`Which items`}
      size="xs"
      value={view}
      onChange={(value) => onChange(views.find((known) => known === value) ?? 'all')}
      data={views.map((each) => ({
        value: each,
        label: `${viewWords(each)} ${formatCount(itemsIn(totals, each))}`,
      }))}
    />
  )
}
