import { t } from '@lingui/core/macro'
import { Button, Group, Menu, Text } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { type ReactElement, useRef, useState } from 'react'
import type { PastRestoreFilter } from '../../../contract/shapes/past-restore.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { download } from '../../components/download.ts'
import { type ExportFormat, exportRestores } from './export-restores.ts'

const TYPES: Readonly<Record<ExportFormat, string>> = { json: 'application/json', csv: 'text/csv;charset=utf-8' }

export interface ExportRestoresProps {
  readonly filter: PastRestoreFilter
  nameOf(hostId: string): string
}

/** All that is listed, as a file; while it is read, how much there is of it, and a way to stop. */
export function ExportRestores({ filter, nameOf }: ExportRestoresProps): ReactElement {
  const { share, error, begin, stop, dismiss } = useExport(filter, nameOf)
  if (share !== null)
    return (
      <Group gap="xs" wrap="nowrap">
        <Text size="xs" c="dimmed" role="status">{t`Reading ${{ percent: Math.floor(share * 100) }} %`}</Text>
        <Button variant="default" onClick={stop}>{t`Stop`}</Button>
      </Group>
    )
  if (error !== null)
    return (
      <Group gap="xs" wrap="nowrap">
        <Text size="xs" c="var(--state-failed)" role="alert">
          {describeError(error).title}
        </Text>
        <Button variant="default" onClick={dismiss}>{t`Dismiss`}</Button>
      </Group>
    )
  return (
    <Menu position="bottom-end" width={250}>
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={13} aria-hidden="true" />}>{t`Export`}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => begin('csv')}>{t`CSV, for people and spreadsheets`}</Menu.Item>
        <Menu.Item onClick={() => begin('json')}>{t`JSON, with names exact`}</Menu.Item>
        <Menu.Label>{t`All that is listed. It is written down who took it.`}</Menu.Label>
      </Menu.Dropdown>
    </Menu>
  )
}

function useExport(filter: PastRestoreFilter, nameOf: (hostId: string) => string) {
  const client = useClient()
  const [share, setShare] = useState(0)
  const controller = useRef<AbortController | null>(null)
  const write = useMutation({
    mutationFn: async (format: ExportFormat) => {
      const { signal } = (controller.current = new AbortController())
      setShare(0)
      try {
        const parts = await exportRestores({ client, filter, format, signal, nameOf, onProgress: setShare })
        if (!signal.aborted) download(parts, { type: TYPES[format], name: `restores.${format}` })
      } catch (error) {
        // Stopped by whoever asked for it.
        if (!signal.aborted) throw error
      }
    },
  })
  return {
    share: write.isPending ? share : null,
    error: write.error,
    begin: (format: ExportFormat) => {
      if (!write.isPending) write.mutate(format)
    },
    stop: () => controller.current?.abort(),
    dismiss: write.reset,
  }
}
