import { plural } from '@lingui/core/macro'
import { Badge, Tooltip } from '@mantine/core'
import type { ReactElement } from 'react'
import type { Snapshot } from '../../../contract/shapes/snapshot.ts'
import { FileName } from '../../components/FileName.tsx'
import { formatBytes } from '../../components/format.ts'

/** What tells a snapshot from others: its short id, whose it is, its tags, how much it holds. */
export function SnapshotChips({ snapshot }: { readonly snapshot: Snapshot }): ReactElement {
  const { id, hostname, tags, files, bytes } = snapshot
  const amount = [
    files === null ? [] : plural(files, { one: '# file', other: '# files' }),
    bytes === null ? [] : formatBytes(bytes),
  ].flat()
  return (
    <>
      <Tooltip label={id}>
        <Badge ff="monospace">{id.slice(0, 8)}</Badge>
      </Tooltip>
      <Badge>{hostname}</Badge>
      {tags.map((tag) => (
        <Badge key={tag}>
          <FileName name={tag} plain />
        </Badge>
      ))}
      <span>{amount.join(' · ')}</span>
    </>
  )
}
