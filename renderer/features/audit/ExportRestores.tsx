import { t } from '@lingui/core/macro'
import { Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import type { PastRestoreFilter } from '../../../contract/shapes/past-restore.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { ExportStates } from '../../components/ExportStates.tsx'
import { useExport } from '../../components/use-export.ts'
import { exportRestores } from './export-restores.ts'

export interface ExportRestoresProps {
  readonly filter: PastRestoreFilter
  nameOf(hostId: string): string
}

/** All that is listed, as a file; while it is read, how much there is of it, and a way to stop. */
export function ExportRestores({ filter, nameOf }: ExportRestoresProps): ReactElement {
  const client = useClient()
  const { progress, error, begin, stop, dismiss } = useExport('restores', {
    none: 0,
    read: (task) => exportRestores({ client, filter, nameOf, ...task }),
  })
  return (
    <ExportStates
      reading={progress === null ? null : t`Reading ${{ percent: Math.floor(progress * 100) }} %`}
      failed={error === null ? null : describeError(error).title}
      onStop={stop}
      onDismiss={dismiss}
    >
      <Menu position="bottom-end" width={250}>
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={13} aria-hidden="true" />}>{t`Export`}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => begin('csv')}>{t`CSV, for people and spreadsheets`}</Menu.Item>
          <Menu.Item onClick={() => begin('json')}>{t`JSON, with names exact`}</Menu.Item>
          <Menu.Label>{t`All that is listed. Who exported it is recorded.`}</Menu.Label>
        </Menu.Dropdown>
      </Menu>
    </ExportStates>
  )
}
