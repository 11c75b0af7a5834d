import { t } from '@lingui/core/macro'
import { Button, Group, Stack, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import type { HostView } from '../../../contract/shapes/host.ts'
import type { RestoreRequest } from '../../../contract/shapes/restore.ts'
import { KeyHint } from '../../components/KeyHint.tsx'
import { useBoundKeys, useKeys } from '../../components/keys.tsx'
import { Section } from '../../components/SectionCard.tsx'
import { InPlaceConfirm } from './InPlaceConfirm.tsx'
import type { Confirmation } from './in-place.ts'
import { obstacleTo } from './obstacle.ts'
import { PLAN_SECTION } from './PlanSection.tsx'
import { StartProblem } from './StartProblem.tsx'
import { type SnapshotOf, sentenceOf } from './sentence.ts'
import type { PlannedRestore } from './use-restore-plan.ts'
import { type StartingRestore, useStartRestore } from './use-start-restore.ts'
import { useWorkspace } from './use-workspace.ts'

export interface ConfirmSectionProps {
  readonly host: HostView
  /** Null until all of it is chosen. */
  readonly request: RestoreRequest | null
  /** Of exactly this request. */
  readonly planned: PlannedRestore
  readonly snapshotOf: SnapshotOf
  readonly number: number
  /** What was typed for a restore in place. */
  readonly confirmation: Confirmation
  onConfirmation(confirmation: Confirmation): void
}

/** Exactly what will happen, and what makes it happen, once. */
export function ConfirmSection(props: ConfirmSectionProps): ReactElement {
  const { host, request, planned, number } = props
  const start = useStartRestore(host.id, request, planned.plan)
  const obstacle = obstacleTo(host, planned.plan)
  const lookAgain = (): void => {
    planned.again()
    document.getElementById(PLAN_SECTION)?.focus()
  }
  const inPlace = planned.shown?.manner.target.kind === 'in-place' || isInPlace(request)
  const words = wordsOf(props)
  const workspace = useWorkspace()
  return (
    <Section
      title={inPlace ? t`In place on ${{ host: host.name }}: this changes files people are using` : t`Confirm`}
      number={number}
      disabled={request === null || (planned.plan === null && planned.error !== null)}
      danger={inPlace}
      tint={inPlace ? (workspace?.color ?? 'var(--accent)') : undefined}
    >
      {inPlace ? (
        <InPlaceConfirm
          host={host}
          workspace={workspace?.name ?? ''}
          words={words}
          obstacle={planned.planning ? '' : obstacle}
          start={start}
          saves={(planned.shown?.totals.update.items ?? 0) + (planned.shown?.totals.delete.items ?? 0)}
          onAgain={lookAgain}
          typed={props.confirmation}
          onType={props.onConfirmation}
        />
      ) : (
        <PlainConfirm
          words={words}
          obstacle={obstacle}
          planning={planned.planning}
          start={start}
          hostId={host.id}
          onAgain={lookAgain}
        />
      )}
    </Section>
  )
}

interface PlainConfirmProps {
  readonly hostId: string
  readonly words: string
  readonly obstacle: string | null
  readonly planning: boolean
  readonly start: StartingRestore
  onAgain(): void
}

function PlainConfirm({ hostId, words, obstacle, planning, start, onAgain }: PlainConfirmProps): ReactElement {
  const begin = (): void => {
    if (obstacle === null) start.begin(null)
  }
  useKeys([{ keys: 'mod+Enter', does: 'restore', label: t`restore`, run: begin }])
  const boundKeys = useBoundKeys('mod+Enter', 'restore')
  return (
    <Stack gap="sm" align="flex-start">
      <Text aria-live="polite">{words}</Text>
      {obstacle !== null && obstacle !== '' && !planning && <Text c="var(--state-failed)">{obstacle}</Text>}
      <Group gap="sm">
        <Button disabled={obstacle !== null} loading={start.isPending} onClick={begin}>{t`Restore`}</Button>
        <Text size="xs" c="dimmed">
          <KeyHint keys={boundKeys} />
        </Text>
      </Group>
      <StartProblem hostId={hostId} error={start.error} onAgain={onAgain} onSeen={start.reset} />
    </Stack>
  )
}

function isInPlace(request: RestoreRequest | null): boolean {
  return request?.kind === 'revert' || (request?.kind === 'new' && request.target.kind === 'in-place')
}

function wordsOf({ host, request, planned, snapshotOf }: ConfirmSectionProps): string {
  if (request === null) return t`Choose what and where first.`
  if (planned.plan !== null) return sentenceOf(host, planned.plan, snapshotOf)
  return planned.planning
    ? t`Planning what would be restored. Nothing is written by that.`
    : t`It is not known yet what would be restored.`
}
