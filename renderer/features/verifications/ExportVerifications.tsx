import { plural, t } from '@lingui/core/macro'
import { Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { ExportStates } from '../../components/ExportStates.tsx'
import { useExport } from '../../components/use-export.ts'
import { exportVerifications } from './export-verifications.ts'
import type { VerificationFilter } from './use-verifications.ts'

export interface ExportVerificationsProps {
  readonly filter: VerificationFilter
  /** What the file is called, without its ending. */
  readonly name: string
}

/** All that fits, not only what is listed yet, as a file; while it is read, how many there are so far, and a way to stop. */
export function ExportVerifications({ filter, name }: ExportVerificationsProps): ReactElement {
  const client = useClient()
  const { progress, error, begin, stop, dismiss } = useExport(name, {
    none: 0,
    read: (task) => exportVerifications({ client, filter, ...task }),
  })
  return (
    <ExportStates
      reading={progress === null ? null : plural(progress, { one: '# report read', other: '# reports read' })}
      failed={error === null ? null : describeError(error).title}
      size="compact-sm"
      onStop={stop}
      onDismiss={dismiss}
    >
      <Menu position="bottom-end" width={230}>
        <Menu.Target>
          <Button
            variant="default"
            size="compact-sm"
            rightSection={<IconChevronDown size={13} aria-hidden="true" />}
          >{t`Export`}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => begin('csv')}>{t`CSV, for spreadsheets`}</Menu.Item>
          <Menu.Item onClick={() => begin('json')}>{t`JSON, with all that was said`}</Menu.Item>
          <Menu.Label>{t`Who exported it is recorded.`}</Menu.Label>
        </Menu.Dropdown>
      </Menu>
    </ExportStates>
  )
}
