import { t } from '@lingui/core/macro'
import { Button, Menu, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconChevronDown } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactElement, useRef } from 'react'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { useHost } from '../../client/hosts-context.tsx'
import { download } from '../../components/download.ts'
import { ObstructedButton } from '../../components/ObstructedButton.tsx'
import { useNow } from '../../components/use-now.ts'
import type { RepositoryKey } from '../basket/index.ts'
import { obstacleOn } from '../hosts/index.ts'
import type { ChangeFilter } from './change-rows.ts'
import { type ChangesFormat, exportChanges } from './export-changes.ts'
import { NOW, type Sides } from './sides.ts'
import type { Comparison } from './use-comparison.ts'

export interface CompareActionsProps {
  readonly place: RepositoryKey
  readonly sides: Sides
  readonly comparison: Comparison
  readonly filter: ChangeFilter
  /** Only paths that hold it are exported. */
  readonly text: string
}

const FILES: Readonly<Record<ChangesFormat, { readonly type: string; readonly ending: string }>> = {
  json: { type: 'application/json', ending: 'json' },
  csv: { type: 'text/csv;charset=utf-8', ending: 'csv' },
  text: { type: 'text/plain;charset=utf-8', ending: 'txt' },
}

/** The comparison as a file, or done by restic as a run, which knows nothing of the host now. */
export function CompareActions(props: CompareActionsProps): ReactElement {
  const { place, sides } = props
  const { after } = sides
  const host = useHost(place.hostId)
  const now = useNow()
  return (
    <>
      <ExportMenu {...props} hostname={host?.agent?.hostname ?? host?.name ?? place.hostId} />
      {after !== NOW && (
        <RunButton
          {...props}
          obstacle={host === null ? t`The host is not known.` : obstacleOn(host, 'operator', now)}
        />
      )}
    </>
  )
}

function ExportMenu({
  sides,
  comparison: { calls, levels },
  filter,
  text,
  hostname,
}: CompareActionsProps & { readonly hostname: string }): ReactElement {
  const controller = useRef<AbortController | null>(null)
  const write = useMutation({
    mutationFn: async (format: ChangesFormat) => {
      const { before } = sides
      const after = sides.after === NOW ? { host: hostname, time: new Date().toISOString() } : sides.after
      const { signal } = (controller.current = new AbortController())
      const { metadata } = filter
      const parts = await exportChanges({
        calls,
        decisions: levels.decisions,
        before,
        after,
        metadata,
        text,
        format,
        signal,
      })
      const { type, ending } = FILES[format]
      const to = 'id' in after ? after.id.slice(0, 8) : NOW
      download(parts, { type, name: `changes-${before.id.slice(0, 8)}-${to}.${ending}` })
    },
    onError: (error) => {
      if (controller.current?.signal.aborted === true) return
      const { title, nextStep } = describeError(error)
      notifications.show({ color: 'red', title, message: nextStep })
    },
  })
  if (write.isPending)
    return <Button variant="default" onClick={() => controller.current?.abort()}>{t`Stop exporting`}</Button>
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={12} aria-hidden="true" />}>{t`Export`}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {text !== '' && <Text size="xs" c="dimmed" px="sm" py={4}>{t`Only paths with “${text}”`}</Text>}
        <Menu.Item onClick={() => write.mutate('csv')}>{t`CSV, for people and spreadsheets`}</Menu.Item>
        <Menu.Item onClick={() => write.mutate('json')}>{t`JSON, with names exact`}</Menu.Item>
        <Menu.Item onClick={() => write.mutate('text')}>{t`Text, as restic prints it`}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function RunButton({
  place,
  sides,
  filter,
  obstacle,
}: CompareActionsProps & { readonly obstacle: string | null }): ReactElement {
  const client = useClient()
  const navigate = useNavigate()
  // One key for one intention: pressing twice gives the same run.
  const key = useRef(crypto.randomUUID())
  const start = useMutation({
    mutationFn: async () => {
      const { before, after } = sides
      if (after === NOW) return
      const { metadata } = filter
      const wanted = { before: before.id, after: after.id, metadata, requestKey: key.current }
      const { id } = await client.compare.start({ ...place, ...wanted })
      key.current = crypto.randomUUID()
      await navigate({ to: '/hosts/$hostId/runs/$runId', params: { hostId: place.hostId, runId: id } })
    },
    onError: (error) => {
      const { title, explanation, nextStep } = describeError(error)
      notifications.show({ color: 'red', title, message: `${explanation} ${nextStep}` })
    },
  })
  return (
    <ObstructedButton
      variant="default"
      obstacle={obstacle}
      loading={start.isPending}
      onClick={() => start.mutate()}
    >{t`Compare as a run`}</ObstructedButton>
  )
}
