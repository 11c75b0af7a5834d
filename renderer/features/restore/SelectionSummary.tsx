import { Badge, Button, Group, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { showFileName } from '../../../contract/shapes/file-name.ts'
import type { Selection } from '../../../contract/shapes/restore.ts'
import { ButtonLink } from '../../components/ButtonLink.tsx'
import { FileName } from '../../components/FileName.tsx'
import { formatCount, formatNumberOf } from '../../components/format.ts'
import type { SnapshotKey } from '../browse/index.ts'
import { isWhole } from './restore-choice.ts'

export interface SelectionSummaryProps {
  readonly place: SnapshotKey
  /** Null when nothing is selected yet. */
  readonly selection: Selection | null
  onWhole(taken: boolean): void
}

const SHOWN = 6

/** What of the snapshot: the first chosen paths and how many more, and the way to the tree. Nothing is never taken for everything. */
export function SelectionSummary({ place, selection, onWhole }: SelectionSummaryProps): ReactElement {
  if (selection === null)
    return (
      <Group gap="sm">
        <ToTree place={place} variant="filled">
          Choose in the tree…
        </ToTree>
        <Button variant="default" onClick={() => onWhole(true)}>
          Take the whole snapshot
        </Button>
        <Text size="sm" c="dimmed">
          Nothing is selected yet.
        </Text>
      </Group>
    )
  if (isWhole(selection))
    return (
      <Group gap="sm">
        <Badge>the whole snapshot</Badge>
        <Button variant="default" size="compact-xs" onClick={() => onWhole(false)}>
          Only a part of it…
        </Button>
      </Group>
    )
  const more = selection.include.length - SHOWN
  return (
    <Group gap={6}>
      {selection.include.slice(0, SHOWN).map((path) => (
        <Badge key={path} maw={380} title={showFileName(path)}>
          <FileName name={path} />
        </Badge>
      ))}
      {more > 0 && (
        <Text size="sm" c="dimmed">
          +{formatCount(more)} more
        </Text>
      )}
      {selection.exclude.length > 0 && (
        <Text size="sm" c="dimmed">
          without {formatNumberOf(selection.exclude.length, 'item')} below them
        </Text>
      )}
      <ToTree place={place} variant="default">
        Change…
      </ToTree>
    </Group>
  )
}

interface ToTreeProps {
  readonly place: SnapshotKey
  readonly variant: 'default' | 'filled'
  readonly children: string
}

function ToTree({ place, variant, children }: ToTreeProps): ReactElement {
  return (
    <ButtonLink
      to="/hosts/$hostId/repositories/$repositoryId/snapshots/$snapshotId"
      params={place}
      variant={variant}
      size={variant === 'filled' ? 'compact-md' : 'compact-xs'}
    >
      {children}
    </ButtonLink>
  )
}
