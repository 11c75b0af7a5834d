import { plural, t } from '@lingui/core/macro'
import { Code, Drawer, Group, Stack, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import type { AuditEntry } from '../../../contract/shapes/audit.ts'
import { ButtonLink } from '../../components/ButtonLink.tsx'
import { type Fact, FactList } from '../../components/FactList.tsx'
import { FileName } from '../../components/FileName.tsx'
import { formatBytes } from '../../components/format.ts'
import { StateBadge } from '../../components/StateBadge.tsx'
import { Timestamp } from '../../components/Timestamp.tsx'
import { countsWords, evidenceWords, TargetBadge } from '../runs/index.ts'
import { actionWords } from './audit-kinds.ts'
import { outcomeWords } from './outcome-words.ts'
import { targetKind } from './target-kind.ts'
import { Who } from './Who.tsx'

export interface AuditDetailsProps {
  /** Null before any was looked at. */
  readonly entry: AuditEntry | null
  readonly hostName: string
  readonly opened: boolean
  onClose(): void
}

/** One entry of the audit with all that it holds: who, why, what, where to, by which plan, and what proves the result. */
export function AuditDetails({ entry, hostName, opened, onClose }: AuditDetailsProps): ReactElement {
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size={440}
      title={
        <Text fw={650}>{entry === null ? '' : t`${{ what: capital(actionWords(entry.action)) }} on ${hostName}`}</Text>
      }
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      {entry !== null && (
        <Stack gap="md">
          <FactList facts={[...asked(entry), ...came(entry)]} />
          {entry.runId !== null && (
            <Group>
              <ButtonLink
                to="/hosts/$hostId/runs/$runId"
                params={{ hostId: entry.hostId, runId: entry.runId }}
              >{t`Open the run`}</ButtonLink>
            </Group>
          )}
        </Stack>
      )}
    </Drawer>
  )
}

function asked(entry: AuditEntry): Fact[] {
  const { at, actor, origin, reason, summary, snapshotId, planHash, requestKey } = entry
  const target = targetKind(entry)
  return [
    { term: t`Asked`, value: <Timestamp time={at} exact /> },
    { term: t`Who`, value: <Who actor={actor} origin={origin} /> },
    { term: t`Why`, value: reason === '' ? null : t`“${reason}”` },
    { term: t`What`, value: <FileName name={summary} /> },
    { term: t`From snapshot`, value: snapshotId === null ? null : <Code>{snapshotId.slice(0, 8)}</Code> },
    {
      term: t`Target`,
      value:
        target === null ? null : (
          <Group gap="xs">
            <TargetBadge kind={target} />
            {target !== 'in-place' && <FileName name={entry.targetPath ?? ''} />}
          </Group>
        ),
    },
    { term: t`Plan`, value: planHash === null ? null : <Code style={{ overflowWrap: 'anywhere' }}>{planHash}</Code> },
    {
      term: t`Request`,
      value: requestKey === null ? null : <Code style={{ overflowWrap: 'anywhere' }}>{requestKey}</Code>,
    },
  ]
}

function came({ outcome, endedAt, files, bytes, proof }: AuditEntry): Fact[] {
  const { state, word } = outcomeWords(outcome)
  const safety = proof?.safetySnapshot ?? null
  const said = proof === null ? null : evidenceWords(proof.evidence, true)
  return [
    { term: t`Result`, value: <StateBadge state={state}>{word}</StateBadge> },
    { term: t`Ended`, value: endedAt === null ? null : <Timestamp time={endedAt} exact /> },
    {
      term: t`Written`,
      value:
        files === null
          ? null
          : `${plural(files, { one: '# item', other: '# items' })}${bytes === null ? '' : `, ${formatBytes(bytes)}`}`,
    },
    { term: t`Items`, value: proof === null ? null : countsWords(proof.counts) || t`none was touched` },
    {
      term: t`Evidence`,
      value:
        said === null ? null : (
          <>
            <StateBadge state={said.state}>{said.word}</StateBadge>
            <Text size="sm">{said.sentence}</Text>
          </>
        ),
    },
    {
      term: t`Safety snapshot`,
      value: safety === null ? null : <Code>{safety.slice(0, 8)}</Code>,
    },
    {
      term: t`Done with`,
      value: proof === null ? null : t`restic ${{ restic: proof.restic }}, agent ${{ agent: proof.agent }}`,
    },
  ]
}

function capital(words: string): string {
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`
}
