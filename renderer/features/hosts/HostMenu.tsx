import { t } from '@lingui/core/macro'
import { Button, Menu, Modal, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconChevronDown } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import type { HostView } from '../../../contract/shapes/host.ts'
import { useTrueHost } from '../../client/hosts-context.tsx'
import { EditHost } from './EditHost.tsx'
import { RemoveHost } from './RemoveHost.tsx'
import { useHostChange } from './use-host-change.ts'

/** What is changed of a host in this console alone; its agent is not asked, so all of it can be done while it is away. */
export function HostMenu({ host }: { readonly host: HostView }): ReactElement {
  const [editing, edit] = useDisclosure(false)
  const [removing, remove] = useDisclosure(false)
  const { mutate: change } = useHostChange()
  // What is edited and typed is never a mask.
  const trueHost = useTrueHost(host.id) ?? host
  return (
    <>
      <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={14} stroke={1.75} />}>{t`Host`}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={edit.open}>{t`Name and labels…`}</Menu.Item>
          {!host.local && (
            <>
              <Menu.Item onClick={() => change({ hostId: host.id, pinned: !host.pinned })}>
                {host.pinned ? t`No longer keep at the top` : t`Keep at the top of the list`}
              </Menu.Item>
              <Menu.Item c="var(--state-failed)" onClick={remove.open}>{t`Remove this host…`}</Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={editing}
        onClose={edit.close}
        title={<Text fw={650}>{t`Name and labels`}</Text>}
        closeButtonProps={{ 'aria-label': t`Close` }}
      >
        <EditHost host={trueHost} onDone={edit.close} />
      </Modal>
      <Modal
        opened={removing}
        onClose={remove.close}
        title={<Text fw={650}>{t`Remove ${host.name}`}</Text>}
        closeButtonProps={{ 'aria-label': t`Close` }}
      >
        <RemoveHost host={trueHost} />
      </Modal>
    </>
  )
}
