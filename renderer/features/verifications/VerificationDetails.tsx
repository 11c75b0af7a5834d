import { Anchor, Code, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import type { Verification } from '../../../contract/shapes/verification.ts'
import { CommandLine } from '../../components/CommandLine.tsx'
import { FactList } from '../../components/FactList.tsx'
import { formatBytes, formatExact } from '../../components/format.ts'
import { clockWords, replicaUrl, statusSentence } from './verification-words.ts'
import classes from './Verifications.module.css'

/** All that was said of one restore. */
export function VerificationDetails({ verification }: { readonly verification: Verification }): ReactElement {
  const { error, health, migration, redaction, reportingSchema, startedAt, snapshotId } = verification
  const { sentBytes, receivedBytes, consumerName, consumerId } = verification
  const sentence = statusSentence(verification)
  const url = replicaUrl(health)
  return (
    <Stack gap="xs" py={4}>
      {sentence !== null && <Text size="sm">{sentence}</Text>}
      {error !== null && <ErrorText text={error} />}
      <FactList
        facts={[
          { term: 'Snapshot', value: snapshotId === null ? null : <Text ff="monospace">{snapshotId}</Text> },
          { term: 'Consumer', value: consumerName ?? consumerId },
          { term: 'Begun', value: startedAt === null ? null : formatExact(new Date(startedAt)) },
          { term: 'Clocks', value: clockWords(verification) },
          { term: 'Sent', value: sentBytes === null ? null : formatBytes(sentBytes) },
          { term: 'Received', value: receivedBytes === null ? null : formatBytes(receivedBytes) },
          { term: 'Attempt', value: <Attempt verification={verification} /> },
        ]}
      />
      {url !== null && <CommandLine command={url} />}
      <Json title="Health" value={health} />
      <Json title="Redaction" value={redaction} />
      <Json title="Migration" value={migration} />
      <Json title="Reporting schema" value={reportingSchema} />
    </Stack>
  )
}

/** What a consumer said went wrong, in full. */
export function ErrorText({ text }: { readonly text: string }): ReactElement {
  return (
    <Code block className={classes['error'] ?? ''} tabIndex={0} role="group" aria-label="What the consumer said">
      {text}
    </Code>
  )
}

function Attempt({ verification: { run, runId } }: { readonly verification: Verification }): ReactElement | null {
  if (run === null) return runId === null ? null : <Text ff="monospace">{runId}</Text>
  return (
    <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/hosts/$hostId/runs/$runId" params={run} />}>
      View run
    </Anchor>
  )
}

function Json({ title, value }: { readonly title: string; readonly value: unknown }): ReactElement | null {
  if (value === undefined || value === null) return null
  return (
    <div>
      <Text size="xs" c="dimmed">
        {title}
      </Text>
      <Code block className={classes['error'] ?? ''} tabIndex={0} role="group" aria-label={title}>
        {JSON.stringify(value, null, 2)}
      </Code>
    </div>
  )
}
