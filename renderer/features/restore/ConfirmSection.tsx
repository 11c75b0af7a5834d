import { Button, Group, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { isFault } from '../../../contract/errors.ts'
import type { HostView } from '../../../contract/shapes/host.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { KeyHint } from '../../components/KeyHint.tsx'
import { useKeys } from '../../components/keys.tsx'
import { Section } from '../../components/SectionCard.tsx'
import { BusyNotice } from '../runs/index.ts'
import {
  concernsTarget,
  obstacleTo,
  obstacleWords,
  type RestoreChoice,
  requestOf,
  sentenceOf,
} from './restore-choice.ts'
import { useRequestKey } from './use-request-key.ts'
import type { PlannedRestore } from './use-restore-plan.ts'

export interface ConfirmSectionProps {
  readonly host: HostView
  readonly choice: RestoreChoice
  /** Of exactly this choice. */
  readonly planned: PlannedRestore
}

/** Exactly what will happen, and the button that makes it happen, once. */
export function ConfirmSection({ host, choice, planned }: ConfirmSectionProps): ReactElement {
  const client = useClient()
  const navigate = useNavigate()
  const request = requestOf(choice)
  const requestKey = useRequestKey(JSON.stringify([host.id, request]))
  const obstacle = obstacleTo(host, choice, planned.plan)
  const start = useMutation({
    mutationFn: async () => {
      if (request === null) return
      const run = await client.restores.start({ hostId: host.id, ...request, requestKey })
      await navigate({ to: '/hosts/$hostId/runs/$runId', params: { hostId: host.id, runId: run.id } })
    },
  })
  const begin = (): void => {
    if (obstacle === null && !start.isPending) start.mutate()
  }
  useKeys([{ keys: 'mod+Enter', label: 'restore', run: begin }])
  const planFailed = planned.error !== null && !concernsTarget(planned.error)
  return (
    <Section title="Confirm" number={3} disabled={request === null}>
      <Stack gap="sm" align="flex-start">
        <Text>{words({ host, choice, planned })}</Text>
        {obstacle !== null && obstacleWords(obstacle) !== '' && !planned.planning && (
          <Text c="var(--state-failed)">{obstacleWords(obstacle)}</Text>
        )}
        {request !== null && planFailed && (
          <ErrorState description={describeError(planned.error)} onRetry={planned.again} />
        )}
        <Group gap="sm">
          <Button disabled={obstacle !== null} loading={start.isPending} onClick={begin}>
            Restore
          </Button>
          <Text size="xs" c="dimmed">
            <KeyHint keys="mod+Enter" />
          </Text>
        </Group>
        {isFault(start.error, 'host_busy') ? (
          <BusyNotice hostId={host.id} fault={start.error} />
        ) : (
          start.isError && <ErrorState description={describeError(start.error)} />
        )}
      </Stack>
    </Section>
  )
}

function words({ host, choice, planned }: ConfirmSectionProps): string {
  if (requestOf(choice) === null) return 'Choose what and where first.'
  if (planned.plan !== null && choice.snapshot !== null)
    return sentenceOf(host, choice.snapshot, { plan: planned.plan, target: choice.target })
  if (concernsTarget(planned.error)) return 'Choose another folder first.'
  return planned.planning
    ? 'Counting what would be restored. Nothing is written by that.'
    : 'It cannot be said yet what would be restored.'
}
