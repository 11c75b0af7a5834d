import { plural, t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Loader, Stack, Text, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import type { Declaration, PlannedRestore, Replica, ReplicaPreview } from '../../../../contract/shapes/replica.ts'
import { useClient } from '../../../client/client-context.tsx'
import { describeError } from '../../../client/describe-fault.ts'
import { formatCount } from '../../../components/format.ts'
import { RelativeTime } from '../../../components/Timestamp.tsx'
import classes from '../Replicas.module.css'
import { useRevokes } from '../Revokes.tsx'
import { consumerTitle, WITHHELD } from '../replica-words.ts'
import type { Known } from '../use-replicas.ts'
import { consumerOf } from './draft.ts'
import type { ReadDraft } from './use-draft.ts'

export interface PreviewPaneProps {
  readonly known: Known
  readonly read: ReadDraft
  readonly self: Replica | null
}

const PAUSE_MILLISECONDS = 300
const SHOWN = 8

/** What a declaration would come to: what its consumer would be sent, what not and why, and what it could read. */
export function PreviewPane({ known, read, self }: PreviewPaneProps): ReactElement {
  const preview = usePreview(read, self)
  const consumer = consumerOf(read.draft, known.consumers)
  const who = consumerTitle(consumer?.name ?? null, read.draft.consumerId ?? '')
  return (
    <aside className={classes['preview']} aria-label={t`What it would come to`}>
      <Title order={3} mb={6}>
        {t`What it would come to`}{' '}
        {preview.isFetching && <Loader size={11} role="img" aria-label={t`Asking the plane`} />}
      </Title>
      <Stack gap="sm" aria-live="polite">
        {read.declaration === null ? (
          <Text size="sm" c="dimmed">
            {read.missing}
          </Text>
        ) : preview.isError ? (
          <Text size="sm" c="var(--state-failed)">
            {describeError(preview.error).title}.
          </Text>
        ) : preview.data === undefined ? null : preview.data === null ? (
          <Text size="sm" c="dimmed">{t`This control plane cannot say beforehand what a consumer would be sent.`}</Text>
        ) : (
          <Told preview={preview.data} who={who} />
        )}
        {self !== null && read.declaration !== null && <Loses self={self} declaration={read.declaration} />}
      </Stack>
    </aside>
  )
}

function usePreview({ declaration, draft }: ReadDraft, self: Replica | null) {
  const client = useClient()
  const asked = declaration === null || draft.planeId === null ? '' : JSON.stringify([draft.planeId, declaration])
  const [paused] = useDebouncedValue(asked, PAUSE_MILLISECONDS)
  return useQuery({
    queryKey: ['replica-preview', self?.id ?? null, paused],
    queryFn: ({ signal }) => {
      const [planeId, wanted] = JSON.parse(paused) as [string, Declaration]
      return client.replicas.preview({ planeId, replicaId: self?.id ?? null, declaration: wanted }, { signal })
    },
    enabled: paused !== '',
    placeholderData: (before) => before,
    gcTime: 0,
  })
}

interface ToldProps {
  readonly preview: ReplicaPreview
  readonly who: string
}

function Told({ preview: { entries, withheld, grants }, who }: ToldProps): ReactElement {
  return (
    <>
      <div>
        <Text size="sm" fw={500}>
          {entries.length === 0
            ? t`${who} would be sent nothing now.`
            : t`${who} would be sent ${plural(entries.length, { one: '# restore', other: '# restores' })}:`}
        </Text>
        <ul>
          {entries.slice(0, SHOWN).map((entry) => (
            <li key={entry.machineId}>
              <Entry entry={entry} />
            </li>
          ))}
        </ul>
        <More count={entries.length - SHOWN} />
      </div>
      {withheld.length > 0 && (
        <div>
          <Text size="sm" fw={500}>{t`Not sent:`}</Text>
          <ul>
            {withheld.slice(0, SHOWN).map(({ machineId, machineName, why }) => (
              <li key={machineId}>
                <Text size="sm">{`${machineName}: ${WITHHELD[why]}`}</Text>
              </li>
            ))}
          </ul>
          <More count={withheld.length - SHOWN} />
        </div>
      )}
      <div>
        <Text size="sm" fw={500}>
          {grants.length === 0 ? t`${who} gains no access by it.` : t`${who} gains access to read:`}
        </Text>
        <ul>
          {grants.map(({ groupId, groupName, type }) => (
            <li key={`${groupId} ${type}`}>
              <Text size="sm">{backupsWords(type, groupName)}</Text>
            </li>
          ))}
        </ul>
      </div>
    </>
  )
}

function More({ count }: { readonly count: number }): ReactElement | null {
  if (count <= 0) return null
  const rest = formatCount(count)
  return <Text size="xs" c="dimmed">{t`and ${rest} more`}</Text>
}

function Entry({ entry: { machineName, machineId, snapshotId, snapshotAt } }: { readonly entry: PlannedRestore }) {
  const name = machineName ?? machineId.slice(0, 8)
  if (snapshotId === null) return <Text size="sm">{t`${name}, and waits: there is no backup of this type yet`}</Text>
  const short = snapshotId.slice(0, 8)
  return (
    <Text size="sm">
      <Trans>
        {name} from{' '}
        <Text span ff="monospace" fz="xs">
          {short}
        </Text>
      </Trans>
      {snapshotAt !== null && (
        <Text span c="dimmed" size="sm">
          , <RelativeTime time={snapshotAt} />
        </Text>
      )}
    </Text>
  )
}

function backupsWords(type: string, group: string): string {
  return t`${type} backups of ${group}`
}

/** Access that ends with the change: what the old declaration covers, and the new one does not. */
function Loses({ self, declaration }: { readonly self: Replica; readonly declaration: Declaration }) {
  const { consumerId, groupId, type, enabled } = self.declaration
  const keeps =
    declaration.enabled &&
    declaration.consumerId === consumerId &&
    declaration.groupId === groupId &&
    declaration.type === type
  const revokes = useRevokes(!keeps && enabled ? self : null)
  if (keeps || !enabled || revokes.data === undefined || revokes.data === null || revokes.data.length === 0) return null
  const who = consumerTitle(self.consumerName, consumerId)
  return (
    <div>
      <Text size="sm" fw={500} c="var(--state-partial)">
        {t`${who} may not read any more:`}
      </Text>
      <ul>
        {revokes.data.map(({ groupId: of, groupName, type: kind }) => (
          <li key={`${of} ${kind}`}>
            <Text size="sm">{backupsWords(kind, groupName)}</Text>
          </li>
        ))}
      </ul>
    </div>
  )
}
