import { t } from '@lingui/core/macro'
import { Button, Drawer, Group, Stack, Switch, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { useHosts } from '../../client/hosts-context.tsx'
import { download } from '../../components/download.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import { maskText } from '../../components/masks.ts'
import { diagnosticsText } from './diagnostics.ts'
import classes from './Settings.module.css'

export interface DiagnosticsDrawerProps {
  readonly opened: boolean
  onClose(): void
}

/** What is handed on when something is wrong: shown whole before it is saved, names and paths masked unless somebody wants them. */
export function DiagnosticsDrawer({ opened, onClose }: DiagnosticsDrawerProps): ReactElement {
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      size={720}
      title={<Text fw={650}>{t`Diagnostics`}</Text>}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <Bundle />
    </Drawer>
  )
}

function Bundle(): ReactElement {
  const client = useClient()
  const { value: hosts } = useHosts()
  const [isMasked, setMasked] = useState(true)
  const read = useQuery({
    queryKey: ['diagnostics', 'bundle'],
    queryFn: async ({ signal }) => ({
      info: await client.system.info(undefined, { signal }),
      diagnostics: await client.system.diagnostics(undefined, { signal }),
    }),
    staleTime: 0,
  })
  if (read.error !== null)
    return <ErrorState description={describeError(read.error)} onRetry={() => void read.refetch()} />
  if (read.data === undefined) return <LoadingRows label={t`Gathering`} rows={8} columns="1fr" />
  const names = hosts.map(({ name, agent }) => [name, agent?.hostname ?? '']).flat()
  const mask = (text: string): string => (isMasked ? maskText(text, names) : text)
  const text = diagnosticsText({ ...read.data, hosts, mask })
  return (
    <Stack gap="md">
      <Text c="dimmed">{t`This and nothing else is saved. It holds no password and no key; the console sends it nowhere.`}</Text>
      <Group justify="space-between">
        <Switch
          size="xs"
          label={t`Mask host names and paths`}
          checked={isMasked}
          onChange={(event) => setMasked(event.currentTarget.checked)}
        />
        <Button
          onClick={() => download([text], { type: 'text/plain', name: 'restore-console-diagnostics.txt' })}
        >{t`Save`}</Button>
      </Group>
      <section className={classes['bundle']} aria-label={t`What is saved`}>
        {text}
      </section>
    </Stack>
  )
}
