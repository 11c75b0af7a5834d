import { plural, t } from '@lingui/core/macro'
import { Badge, Button, Group, Table, VisuallyHidden } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import type { WorkspaceView } from '../../../contract/shapes/workspace.ts'
import { useWorkspaces } from '../../client/workspaces-context.tsx'
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
  useTrail([{ label: t`Workspaces` }])
  return (
    <Page title={t`Workspaces`} actions={<Button onClick={() => edit('new')}>{t`Make a workspace…`}</Button>}>
      <SectionCard>
        {all === undefined ? (
          <LoadingRows label={t`Loading the workspaces`} rows={2} columns="2fr 1fr 1fr 1fr" />
        ) : (
          <Table aria-label={t`Workspaces`}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t`Name`}</Table.Th>
                <Table.Th>{t`Hosts`}</Table.Th>
                <Table.Th visibleFrom="sm">{t`Made`}</Table.Th>
                <Table.Th>
                  <VisuallyHidden>{t`What can be done`}</VisuallyHidden>
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
          {isCurrent && <Badge>{t`this window`}</Badge>}
        </Group>
      </Table.Td>
      <Table.Td>{plural(hosts, { one: '# host', other: '# hosts' })}</Table.Td>
      <Table.Td visibleFrom="sm">
        <Timestamp time={madeAt} />
      </Table.Td>
      <Table.Td>
        <Group gap={6} justify="flex-end" wrap="nowrap">
          {!isCurrent && (
            <Button
              variant="default"
              aria-label={t`Switch to ${name}`}
              onClick={() => switchTo(id)}
            >{t`Switch`}</Button>
          )}
          <Button variant="default" aria-label={t`Change ${name}`} onClick={onEdit}>{t`Change…`}</Button>
          <ObstructedButton
            variant="default"
            aria-label={t`Remove ${name}`}
            obstacle={whyNotRemoved(workspace, isCurrent)}
            onClick={onRemove}
          >{t`Remove…`}</ObstructedButton>
        </Group>
      </Table.Td>
    </Table.Tr>
  )
}

function whyNotRemoved({ hosts, name }: WorkspaceView, isCurrent: boolean): string | null {
  if (isCurrent) return t`This window works in it. Switch to another workspace first.`
  return hosts === 0
    ? null
    : t`${name} has ${plural(hosts, { one: '# host', other: '# hosts' })}. Only an empty workspace is removed.`
}
