import { t } from '@lingui/core/macro'
import { Checkbox, Loader, Table, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import type { FanOutPlan } from '../../../contract/shapes/fan-out.ts'
import type { HostView } from '../../../contract/shapes/host.ts'
import { describeFault } from '../../client/describe-fault.ts'
import { Bytes } from '../../components/Bytes.tsx'
import { StateBadge } from '../../components/StateBadge.tsx'
import { changeWords } from '../restore/index.ts'
import classes from './FanOut.module.css'

export interface HostChoiceProps {
  readonly hosts: readonly HostView[]
  readonly chosen: ReadonlySet<string>
  readonly plans: ReadonlyMap<string, FanOutPlan>
  /** Hosts that have not answered yet. */
  readonly planning: ReadonlySet<string>
  /** Why a host cannot be chosen, in a sentence; null when it can. */
  obstacle(host: HostView): string | null
  onChoose(chosen: ReadonlySet<string>): void
}

/** On which hosts, and what it would do on each of them. */
export function HostChoice(props: HostChoiceProps): ReactElement {
  const { hosts, chosen, obstacle, onChoose } = props
  const free = hosts.filter((host) => obstacle(host) === null).map(({ id }) => id)
  const all = free.length > 0 && free.every((id) => chosen.has(id))
  return (
    <div className={classes['scroller']}>
      <Table aria-label={t`Hosts to restore on`} verticalSpacing={4} className={classes['table'] ?? ''}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={32}>
              <Checkbox
                size="xs"
                aria-label={t`All hosts that can be chosen`}
                checked={all}
                indeterminate={!all && chosen.size > 0}
                onChange={() => onChoose(new Set(all ? [] : free))}
              />
            </Table.Th>
            <Table.Th>{t`Host`}</Table.Th>
            <Table.Th>{t`What it would do there`}</Table.Th>
            <Table.Th ta="end">{t`Bytes`}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {hosts.map((host) => (
            <HostRow key={host.id} {...props} host={host} />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}

function HostRow({ host, chosen, plans, planning, obstacle, onChoose }: HostChoiceProps & { readonly host: HostView }) {
  const { id, name, labels } = host
  const why = obstacle(host)
  const plan = plans.get(id)
  const toggle = (): void => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    onChoose(next)
  }
  return (
    <Table.Tr data-dimmed={why !== null || undefined}>
      <Table.Td>
        <Checkbox size="xs" aria-label={name} checked={chosen.has(id)} disabled={why !== null} onChange={toggle} />
      </Table.Td>
      <Table.Td>
        <Text span fw={600}>
          {name}
        </Text>
        {labels.length > 0 && (
          <Text span c="dimmed" size="sm">
            {' '}
            {labels.join(', ')}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        {why === null ? <WouldDo plan={plan} isPlanning={planning.has(id)} /> : <Text c="dimmed">{why}</Text>}
      </Table.Td>
      <Table.Td ta="end">
        {plan === undefined || plan.plan === null ? null : <Bytes value={plan.plan.bytes} />}
      </Table.Td>
    </Table.Tr>
  )
}

function WouldDo({ plan, isPlanning }: { readonly plan: FanOutPlan | undefined; readonly isPlanning: boolean }) {
  if (plan === undefined)
    return isPlanning ? (
      <Loader size="xs" role="img" aria-label={t`Planning`} />
    ) : (
      <Text c="dimmed">{t`not planned yet`}</Text>
    )
  if (plan.fault !== null) {
    const { title, explanation } = describeFault(plan.fault)
    return (
      <>
        <StateBadge state="failed">{title}</StateBadge>
        <Text size="sm" c="dimmed">
          {explanation}
        </Text>
      </>
    )
  }
  return <Text>{plan.plan === null ? '' : changeWords(plan.plan)}</Text>
}
