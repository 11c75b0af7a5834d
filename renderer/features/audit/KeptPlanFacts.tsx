import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Code, Stack, Table, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import type { KeptPlan } from '../../../contract/shapes/past-restore.ts'
import type { PlanAction } from '../../../contract/shapes/restore.ts'
import { formatBytes, formatCount } from '../../components/format.ts'
import { Timestamp } from '../../components/Timestamp.tsx'
import classes from './Audit.module.css'

export interface KeptPlanFactsProps {
  /** Null where it was looked at elsewhere, or nowhere. */
  readonly plan: KeptPlan | null
  readonly hash: string | null
  /** What is null is so, and not just on its way. */
  readonly isRead: boolean
}

const ACTIONS: Readonly<Record<PlanAction, string>> = {
  delete: t`would delete`,
  update: t`would update`,
  create: t`would create`,
  skip: t`would skip`,
  unchanged: t`unchanged`,
}
const ORDER: readonly PlanAction[] = ['delete', 'update', 'create', 'skip', 'unchanged']

/** The exact plan that a restore was started by: its hash, what it would do, and the same for a command line. */
export function KeptPlanFacts({ plan, hash, isRead }: KeptPlanFactsProps): ReactElement {
  if (hash === null && plan === null)
    return (
      <Text size="sm" c="dimmed">
        {isRead ? t`It was started without a plan.` : '…'}
      </Text>
    )
  return (
    <Stack gap="xs">
      <Code className={classes['long'] ?? ''}>{plan?.hash ?? hash}</Code>
      {plan === null ? (
        isRead && (
          <Text
            size="sm"
            c="dimmed"
          >{t`It was not looked at in this console: only its hash is known. Its outcome is in the ledger.`}</Text>
        )
      ) : (
        <>
          <Text size="xs" c="dimmed">
            <Trans>
              Made <Timestamp time={plan.madeAt} exact />
            </Trans>
          </Text>
          <Totals plan={plan} />
          <Code block className={classes['long'] ?? ''} tabIndex={0} aria-label={t`The same for a command line`}>
            {plan.commands.join('\n')}
          </Code>
        </>
      )}
    </Stack>
  )
}

function Totals({ plan: { totals } }: { readonly plan: KeptPlan }): ReactElement {
  const shown = ORDER.filter((action) => totals[action].items > 0)
  if (shown.length === 0) return <Text size="sm">{t`It would have done nothing.`}</Text>
  return (
    <Table verticalSpacing={2} horizontalSpacing={0} withRowBorders={false} w="auto">
      <Table.Tbody>
        {shown.map((action) => (
          <Table.Tr key={action}>
            <Table.Th fw={400} pr="md" scope="row">
              {ACTIONS[action]}
            </Table.Th>
            <Table.Td ta="right" pr="md">
              {formatCount(totals[action].items)}
            </Table.Td>
            <Table.Td ta="right">{formatBytes(totals[action].bytes)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
