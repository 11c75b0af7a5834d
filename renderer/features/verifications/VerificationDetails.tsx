import { t } from '@lingui/core/macro'
import { Anchor, Code, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import type { Verification } from '../../../contract/shapes/verification.ts'
import { CommandLine } from '../../components/CommandLine.tsx'
import { FactList } from '../../components/FactList.tsx'
import { formatBytes, formatExact } from '../../components/format.ts'
import classes from './Verifications.module.css'
import { clockWords, replicaUrl, statusSentence } from './verification-words.ts'

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
          { term: t`Snapshot`, value: snapshotId === null ? null : <Text ff="monospace">{snapshotId}</Text> },
          { term: t`Consumer`, value: consumerName ?? consumerId },
          { term: t`Begun`, value: startedAt === null ? null : formatExact(new Date(startedAt)) },
          { term: t`Clocks`, value: clockWords(verification) },
          { term: t`Sent`, value: sentBytes === null ? null : formatBytes(sentBytes) },
          { term: t`Received`, value: receivedBytes === null ? null : formatBytes(receivedBytes) },
          { term: t`Attempt`, value: <Attempt verification={verification} /> },
        ]}
      />
      {url !== null && <CommandLine command={url} />}
      <Json title={t`Health`} value={health} />
      <Json title={t`Redaction`} value={redaction} />
      <Json title={t`Migration`} value={migration} />
      <Json title={t`Reporting schema`} value={reportingSchema} />
    </Stack>
  )
}

/** What a consumer said went wrong, in full. */
export function ErrorText({ text }: { readonly text: string }): ReactElement {
  return (
    <Code block className={classes['error'] ?? ''} tabIndex={0} role="group" aria-label={t`What the consumer said`}>
      {text}
    </Code>
  )
}

function Attempt({ verification: { run, runId } }: { readonly verification: Verification }): ReactElement | null {
  if (run === null) return runId === null ? null : <Text ff="monospace">{runId}</Text>
  return (
    <Anchor
      size="sm"
      renderRoot={(props) => <Link {...props} to="/hosts/$hostId/runs/$runId" params={run} />}
    >{t`View run`}</Anchor>
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
