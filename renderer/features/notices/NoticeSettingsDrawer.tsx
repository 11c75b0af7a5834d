import { t } from '@lingui/core/macro'
import { Drawer, Group, Stack, Switch, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { type NoticeSettings as Kept, noticeSettingsSchema } from '../../../contract/shapes/notice.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import { BrowserLeave } from './BrowserLeave.tsx'

const KEY = ['notices']
const NIGHT = { from: '20:00', until: '07:00' } as const

export interface NoticeSettingsDrawerProps {
  readonly opened: boolean
  onClose(): void
}

/** What is said of runs that have ended and of replicas that need somebody, and when. What is changed is kept at once. */
export function NoticeSettingsDrawer({ opened, onClose }: NoticeSettingsDrawerProps): ReactElement {
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title={<Text fw={650}>{t`Notifications`}</Text>}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <NoticeSettings />
    </Drawer>
  )
}

/** The choices themselves; what is changed is kept at once. */
export function NoticeSettings(): ReactElement {
  const client = useClient()
  const queries = useQueryClient()
  const kept = useQuery({ queryKey: KEY, queryFn: ({ signal }) => client.notices.settings(undefined, { signal }) })
  const save = useMutation({
    mutationFn: (settings: Kept) => client.notices.change(settings),
    onSuccess: (settings) => queries.setQueryData(KEY, settings),
  })
  const error = kept.error ?? save.error
  if (error !== null) return <ErrorState description={describeError(error)} onRetry={() => void kept.refetch()} />
  if (kept.data === undefined) return <LoadingRows label={t`Loading the settings`} rows={4} columns="1fr" />
  const settings = save.isPending ? save.variables : kept.data
  const change = (changed: Partial<Kept>): void => {
    const next = noticeSettingsSchema.safeParse({ ...settings, ...changed })
    if (next.success) save.mutate(next.data)
  }
  return (
    <Stack gap="lg">
      <Text c="dimmed">{t`When a run of this workspace ends while the console is open, whoever started it.`}</Text>
      <Switch
        size="xs"
        label={t`In the window`}
        description={t`What needs attention stays until you have looked at it.`}
        checked={settings.inWindow}
        onChange={(event) => change({ inWindow: event.currentTarget.checked })}
      />
      <Switch
        size="xs"
        label={t`Also of replicas`}
        description={t`Once when one begins to fail, is overdue or has a gap, and not again until it has recovered.`}
        checked={settings.proofs}
        onChange={(event) => change({ proofs: event.currentTarget.checked })}
      />
      <Switch
        size="xs"
        label={t`By the operating system`}
        description={t`While no window of the console is in front.`}
        checked={settings.bySystem}
        onChange={(event) => change({ bySystem: event.currentTarget.checked })}
      />
      {settings.bySystem && <BySystem settings={settings} onChange={change} />}
    </Stack>
  )
}

interface BySystemProps {
  readonly settings: Kept
  onChange(changed: Partial<Kept>): void
}

function BySystem({ settings, onChange }: BySystemProps): ReactElement {
  const { fileNames, quiet } = settings
  return (
    <>
      <BrowserLeave />
      <Switch
        size="xs"
        label={t`With names of files and folders`}
        description={t`It may be read on a locked screen. Without them it says host, outcome and counts.`}
        checked={fileNames}
        onChange={(event) => onChange({ fileNames: event.currentTarget.checked })}
      />
      <Switch
        size="xs"
        label={t`Quiet hours`}
        description={t`The operating system says nothing then; the window does.`}
        checked={quiet !== null}
        onChange={(event) => onChange({ quiet: event.currentTarget.checked ? NIGHT : null })}
      />
      {quiet !== null && (
        <Group gap="sm" pl={40}>
          <TextInput
            type="time"
            label={t`From`}
            value={quiet.from}
            onChange={(event) => onChange({ quiet: { ...quiet, from: event.currentTarget.value } })}
          />
          <TextInput
            type="time"
            label={t`Until`}
            value={quiet.until}
            onChange={(event) => onChange({ quiet: { ...quiet, until: event.currentTarget.value } })}
          />
        </Group>
      )}
    </>
  )
}
