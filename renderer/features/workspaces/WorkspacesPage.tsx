import { Badge, Button, Group, Table, VisuallyHidden } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import type { WorkspaceView } from '../../../contract/shapes/workspace.ts'
import { useWorkspaces } from '../../client/workspaces-context.tsx'
import { formatNumberOf } from '../../components/format.ts'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import { ObstructedButton } from '../../components/ObstructedButton.tsx'
import { Page } from '../../components/Page.tsx'
import { SectionCard } from '../../components/SectionCard.tsx'
import { Timestamp } from '../../components/Timestamp.tsx'
import { useTrail } from '../../components/trail.tsx'
import { ColorMark } from './ColorMark.tsx'
import { RemoveWorkspace } from './RemoveWorkspace.tsx'
import { WorkspaceDrawer } from './WorkspaceDrawer.tsx'

/** The tenants of this console: which there are, and how each is told from the others. */
export function WorkspacesPage(): ReactElement {
  const { all, current } = useWorkspaces()
  const [editing, edit] = useState<WorkspaceView | 'new' | null>(null)
  const [removing, remove] = useState<WorkspaceView | null>(null)
  useTrail([{ label: 'Workspaces' }])
  return (
    <Page title="Workspaces" actions={<Button onClick={() => edit('new')}>Make a workspace…</Button>}>
      <SectionCard>
        {all === undefined ? (
          <LoadingRows label="Loading the workspaces" rows={2} columns="2fr 1fr 1fr 1fr" />
        ) : (
          <Table aria-label="Workspaces">
            <Table.Thead c="dimmed" fz="xs">
              <Table.Tr>
                <Table.Th>Name</Table.Th>
                <Table.Th>Hosts</Table.Th>
                <Table.Th visibleFrom="sm">Made</Table.Th>
                <Table.Th>
                  <VisuallyHidden>What can be done</VisuallyHidden>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {all.map((workspace) => (
                <Row
                  key={workspace.id}
                  workspace={workspace}
                  isCurrent={workspace.id === current?.id}
                  onEdit={() => edit(workspace)}
                  onRemove={() => remove(workspace)}
                />
              ))}
            </Table.Tbody>
          </Table>
        )}
      </SectionCard>
      <WorkspaceDrawer of={editing} onClose={() => edit(null)} />
      <RemoveWorkspace workspace={removing} onClose={() => remove(null)} />
    </Page>
  )
}

interface RowProps {
  readonly workspace: WorkspaceView
  /** This window works in it. */
  readonly isCurrent: boolean
  onEdit(): void
  onRemove(): void
}

function Row({ workspace, isCurrent, onEdit, onRemove }: RowProps): ReactElement {
  const { switchTo } = useWorkspaces()
  const { id, name, color, hosts, madeAt } = workspace
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap={8} wrap="nowrap">
          <ColorMark color={color} />
          {name}
          {isCurrent && <Badge>this window</Badge>}
        </Group>
      </Table.Td>
      <Table.Td>{formatNumberOf(hosts, 'host')}</Table.Td>
      <Table.Td visibleFrom="sm">
        <Timestamp time={madeAt} />
      </Table.Td>
      <Table.Td>
        <Group gap={6} justify="flex-end" wrap="nowrap">
          {!isCurrent && (
            <Button variant="default" aria-label={`Switch to ${name}`} onClick={() => switchTo(id)}>
              Switch
            </Button>
          )}
          <Button variant="default" aria-label={`Change ${name}`} onClick={onEdit}>
            Change…
          </Button>
          <ObstructedButton
            variant="default"
            aria-label={`Remove ${name}`}
            obstacle={whyNotRemoved(workspace, isCurrent)}
            onClick={onRemove}
          >
            Remove…
          </ObstructedButton>
        </Group>
      </Table.Td>
    </Table.Tr>
  )
}

function whyNotRemoved({ hosts, name }: WorkspaceView, isCurrent: boolean): string | null {
  if (isCurrent) return 'This window works in it. Switch to another workspace first.'
  return hosts === 0 ? null : `${name} has ${formatNumberOf(hosts, 'host')}. Only an empty workspace is removed.`
}
