import { t } from '@lingui/core/macro'
import { Button, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconChevronDown } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { download } from '../../components/download.ts'
import { type ExportFormat, exportVerifications } from './export-verifications.ts'
import type { VerificationFilter } from './use-verifications.ts'

const TYPES: Readonly<Record<ExportFormat, string>> = { json: 'application/json', csv: 'text/csv;charset=utf-8' }

export interface ExportVerificationsProps {
  readonly filter: VerificationFilter
  /** What the file is called, without its ending. */
  readonly name: string
}

/** All that fits, not only what is listed yet, as a file. */
export function ExportVerifications({ filter, name }: ExportVerificationsProps): ReactElement {
  const client = useClient()
  const write = useMutation({
    mutationFn: async (format: ExportFormat) => {
      const { signal } = new AbortController()
      const parts = await exportVerifications({ client, filter, format, signal })
      download(parts, { type: TYPES[format], name: `${name}.${format}` })
    },
    onError: (error) => {
      const { title, nextStep } = describeError(error)
      notifications.show({ color: 'red', title, message: nextStep })
    },
  })
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <Button
          variant="default"
          size="compact-sm"
          loading={write.isPending}
          rightSection={<IconChevronDown size={13} aria-hidden="true" />}
        >{t`Export`}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => write.mutate('csv')}>{t`CSV, for spreadsheets`}</Menu.Item>
        <Menu.Item onClick={() => write.mutate('json')}>{t`JSON, with all that was said`}</Menu.Item>
        <Menu.Label>{t`It is written down who took it.`}</Menu.Label>
      </Menu.Dropdown>
    </Menu>
  )
}
