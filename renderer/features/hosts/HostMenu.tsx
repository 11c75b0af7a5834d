import { Button, Menu, Modal, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconChevronDown } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import type { HostView } from '../../../contract/shapes/host.ts'
import { EditHost } from './EditHost.tsx'
import { RemoveHost } from './RemoveHost.tsx'
import { useTrueHost } from '../../client/hosts-context.tsx'
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
          <Button variant="default" rightSection={<IconChevronDown size={14} stroke={1.75} />}>
            Host
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={edit.open}>Name and labels…</Menu.Item>
          {!host.local && (
            <>
              <Menu.Item onClick={() => change({ hostId: host.id, pinned: !host.pinned })}>
                {host.pinned ? 'Keep at the top no longer' : 'Keep at the top of the list'}
              </Menu.Item>
              <Menu.Item c="var(--state-failed)" onClick={remove.open}>
                Remove this host…
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={editing}
        onClose={edit.close}
        title={<Text fw={650}>Name and labels</Text>}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <EditHost host={trueHost} onDone={edit.close} />
      </Modal>
      <Modal
        opened={removing}
        onClose={remove.close}
        title={<Text fw={650}>Remove {host.name}</Text>}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <RemoveHost host={trueHost} />
      </Modal>
    </>
  )
}
