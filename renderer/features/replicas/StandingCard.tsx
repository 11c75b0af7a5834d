import { t } from '@lingui/core/macro'
import { Button, Group, Stack, Text } from '@mantine/core'
import type { CSSProperties, ReactElement } from 'react'
import type { Replica } from '../../../contract/shapes/replica.ts'
import { ButtonLink } from '../../components/ButtonLink.tsx'
import { StateBadge } from '../../components/StateBadge.tsx'
import { useNow } from '../../components/use-now.ts'
import { clockWords, ErrorText } from '../verifications/index.ts'
import { causeOf } from './causes.ts'
import classes from './Replicas.module.css'
import { STATES } from './replica-words.ts'
import type { Known } from './use-replicas.ts'

export interface StandingCardProps {
  readonly known: Known
  readonly replica: Replica
  /** Null where it cannot be changed now. */
  readonly onEdit: (() => void) | null
}

/** The state in one word, its cause, what would end it, and what a consumer said in full. */
export function StandingCard({ known, replica, onEdit }: StandingCardProps): ReactElement {
  const now = useNow()
  const { state, word } = STATES[replica.state]
  const { sentence, closes } = causeOf(replica, { consumers: known.consumers, groups: known.groups, now })
  const worst = replica.standings[0]
  const report = replica.state === 'failing' ? (worst?.lastReport ?? null) : null
  const clocks = report === null ? null : clockWords(report)
  return (
    <div className={classes['standing']} style={{ '--tone': `var(--state-${state})` } as CSSProperties}>
      <Stack gap={6}>
        <StateBadge state={state}>{word}</StateBadge>
        <Text size="sm">{sentence}</Text>
        {typeof report?.error === 'string' && <ErrorText text={report.error} />}
        {clocks !== null && (
          <Text size="xs" c="dimmed">
            {clocks}
          </Text>
        )}
        {closes !== null && (
          <Text size="sm" c="dimmed">
            {closes}
          </Text>
        )}
        <NextStep replica={replica} onEdit={onEdit} />
      </Stack>
    </div>
  )
}

function NextStep({ replica, onEdit }: Omit<StandingCardProps, 'known'>): ReactElement | null {
  const { state, planeId, declaration } = replica
  if (state === 'group-not-ready')
    return (
      <Group>
        <ButtonLink variant="default" to="/planes">{t`Go to the control planes`}</ButtonLink>
      </Group>
    )
  if (state !== 'gap' && state !== 'unknown' && state !== 'never-reported') return null
  return (
    <Group gap="xs">
      {state === 'gap' && onEdit !== null && <Button onClick={onEdit}>{t`Choose another consumer…`}</Button>}
      <ButtonLink
        variant="default"
        to="/consumers/$planeId/$consumerId"
        params={{ planeId, consumerId: declaration.consumerId }}
      >{t`Look at the consumer`}</ButtonLink>
    </Group>
  )
}
