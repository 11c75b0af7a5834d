import { plural, t } from '@lingui/core/macro'
import { Button, Group, Table, Text, VisuallyHidden } from '@mantine/core'
import type { ReactElement } from 'react'
import type { Plane, PlaneGroup } from '../../../contract/shapes/plane.ts'
import { groupReasonWords } from '../../client/refusal-words.ts'
import { ConfirmButton } from '../../components/ConfirmButton.tsx'
import { ObstructedButton } from '../../components/ObstructedButton.tsx'
import { StateBadge } from '../../components/StateBadge.tsx'
import { useNow } from '../../components/use-now.ts'
import { hasFeature, obstacleAt } from './plane-words.ts'
import { usePlaneChange } from './use-plane-change.ts'

export interface GroupsTableProps {
  readonly plane: Plane
  readonly groups: readonly PlaneGroup[]
  /** Null for one that the plane does not know yet. */
  onConnect(group: PlaneGroup | null): void
}

/** The groups of a plane: one repository each, and whether the plane can read it. */
export function GroupsTable({ plane, groups, onConnect }: GroupsTableProps): ReactElement {
  const canConnect = hasFeature(plane, 'groups')
  if (groups.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {canConnect
          ? t`It knows no repository yet. Connect one; those that the hosts of this console back up to appear by themselves.`
          : t`It has no groups.`}
      </Text>
    )
  return (
    <Table aria-label={t`Groups of ${plane.name}`} verticalSpacing={4}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t`Group`}</Table.Th>
          <Table.Th>{t`State`}</Table.Th>
          <Table.Th>{t`Machines`}</Table.Th>
          <Table.Th visibleFrom="md">{t`Types`}</Table.Th>
          <Table.Th>
            <VisuallyHidden>{t`What can be done`}</VisuallyHidden>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {groups.map((group) => (
          <GroupRow key={group.id} plane={plane} group={group} canConnect={canConnect} onConnect={onConnect} />
        ))}
      </Table.Tbody>
    </Table>
  )
}

interface GroupRowProps extends Pick<GroupsTableProps, 'plane' | 'onConnect'> {
  readonly group: PlaneGroup
  readonly canConnect: boolean
}

function GroupRow({ plane, group, canConnect, onConnect }: GroupRowProps): ReactElement {
  const { name, url, machines, types } = group
  const left = machines.filter(({ archived }) => archived).length
  return (
    <Table.Tr>
      <Table.Td>
        <Text span fw={600} size="sm">
          {name}
        </Text>
        {url !== null && (
          <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {url}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <GroupState group={group} />
      </Table.Td>
      <Table.Td title={machines.map((machine) => machine.name).join(', ')} style={{ whiteSpace: 'nowrap' }}>
        {plural(machines.length - left, { one: '# machine', other: '# machines' })}
        {left > 0 && <Text span c="dimmed">{`, ${plural(left, { one: '# gone', other: '# gone' })}`}</Text>}
      </Table.Td>
      <Table.Td visibleFrom="md">{types.join(', ')}</Table.Td>
      <Table.Td>{canConnect && <GroupActions plane={plane} group={group} onConnect={onConnect} />}</Table.Td>
    </Table.Tr>
  )
}

function GroupState({ group: { status, reason, url } }: { readonly group: PlaneGroup }): ReactElement {
  if (status === null) return <Text c="dimmed">{t`not told`}</Text>
  if (status === 'ready') return <StateBadge state="succeeded">{t`ready`}</StateBadge>
  return (
    <>
      <StateBadge state={reason === null ? 'queued' : 'failed'}>
        {reason === null ? t`not connected` : t`not readable`}
      </StateBadge>
      <Text size="xs" c="dimmed">
        {(reason === null ? null : groupReasonWords(reason)) ??
          (url === null ? t`The plane was never told where it is.` : t`The plane was not given a way to read it.`)}
      </Text>
    </>
  )
}

function GroupActions({ plane, group, onConnect }: Omit<GroupRowProps, 'canConnect'>): ReactElement {
  const now = useNow()
  const disconnect = usePlaneChange((planes, groupId: string) => planes.disconnectGroup({ planeId: plane.id, groupId }))
  const obstacle = obstacleAt(plane, 'danger', now)
  const isReady = group.status === 'ready'
  const { name } = group
  return (
    <Group gap={6} justify="flex-end" wrap="nowrap">
      <ObstructedButton
        variant="default"
        aria-label={isReady ? t`Change the access to ${name}` : t`Connect ${name}`}
        obstacle={obstacle}
        onClick={() => onConnect(group)}
      >
        {isReady ? t`Access…` : t`Connect…`}
      </ObstructedButton>
      {isReady && obstacle !== null && (
        <ObstructedButton
          variant="default"
          obstacle={obstacle}
          onClick={() => undefined}
        >{t`Disconnect…`}</ObstructedButton>
      )}
      {isReady && obstacle === null && (
        <ConfirmButton
          variant="default"
          aria-label={t`Disconnect ${name}`}
          loading={disconnect.isPending}
          question={t`The plane forgets how ${name} is read. Its replicas stay declared; nothing of it is dispatched, and what was given out ends.`}
          confirm={t`Disconnect ${name}`}
          onConfirm={() => disconnect.mutate(group.id)}
        >{t`Disconnect…`}</ConfirmButton>
      )}
    </Group>
  )
}

/** Connects a repository that the plane does not know yet. */
export function ConnectGroupButton({ plane, onConnect }: Pick<GroupsTableProps, 'plane' | 'onConnect'>): ReactElement {
  const now = useNow()
  const obstacle = obstacleAt(plane, 'danger', now)
  if (obstacle === null)
    return <Button variant="default" onClick={() => onConnect(null)}>{t`Connect a repository…`}</Button>
  return (
    <ObstructedButton
      variant="default"
      obstacle={obstacle}
      onClick={() => undefined}
    >{t`Connect a repository…`}</ObstructedButton>
  )
}
