import { Text, Title } from '@mantine/core'
import type { ReactElement } from 'react'
import type { NodeType } from '../../../contract/shapes/tree.ts'
import { Bytes } from '../../components/Bytes.tsx'
import { FactList } from '../../components/FactList.tsx'
import { FileName } from '../../components/FileName.tsx'
import { formatExact, formatNumberOf } from '../../components/format.ts'
import { formatMode } from '../../components/format-mode.ts'
import { SectionCard } from '../../components/SectionCard.tsx'
import { NODE_TYPES } from '../../components/tree/listing.ts'
import type { TreeStore } from '../../components/tree/tree-store.ts'
import classes from './Browse.module.css'

const WORDS: Readonly<Record<NodeType, string>> = {
  file: 'file',
  dir: 'directory',
  symlink: 'symbolic link',
  dev: 'block device',
  chardev: 'character device',
  fifo: 'named pipe',
  socket: 'socket',
  irregular: 'irregular file',
}

/** What is known of the row that the keyboard is on. */
export function NodeDetails({ tree }: { readonly tree: TreeStore }): ReactElement {
  const node = tree.active
  const entry = node > 0 ? tree.columns.entry(node) : undefined
  return (
    <aside className={classes['details']} aria-label="Details">
      <SectionCard>
        {entry === undefined ? (
          <Text p="md" c="dimmed">
            Details of the row you are on stand here.
          </Text>
        ) : (
          <Facts tree={tree} node={node} entry={entry} />
        )}
      </SectionCard>
    </aside>
  )
}

interface FactsProps {
  readonly tree: TreeStore
  readonly node: number
  readonly entry: NonNullable<ReturnType<TreeStore['columns']['entry']>>
}

function Facts({ tree, node, entry: { listing, position } }: FactsProps): ReactElement {
  const type = NODE_TYPES[listing.types[position] ?? 0] ?? 'irregular'
  const mode = listing.modes[position] ?? 0
  const modified = new Date(listing.modified[position] ?? Number.NaN)
  const linkTarget = listing.linkTargets.get(position)
  const path = tree.columns.path(node)
  return (
    <div className={classes['facts']}>
      <Title order={2}>
        <FileName name={tree.columns.name(node)} plain />
      </Title>
      <FactList
        facts={[
          { term: 'In', value: <FileName name={path.slice(0, path.lastIndexOf('/')) || '/'} /> },
          { term: 'Type', value: WORDS[type] },
          { term: 'Link to', value: linkTarget === undefined ? null : <FileName name={linkTarget} /> },
          { term: 'Size', value: type === 'file' ? <Bytes value={listing.sizes[position] ?? 0} /> : null },
          { term: 'Holds', value: type === 'dir' ? holds(tree, node) : null },
          { term: 'Modified', value: formatExact(modified) },
          {
            term: 'Mode',
            value: <FileName name={`${formatMode(type, mode)}  ${mode.toString(8).padStart(4, '0')}`} />,
          },
        ]}
      />
    </div>
  )
}

/** How many entries a directory has; null while it has not been read. */
function holds(tree: TreeStore, directory: number): string | null {
  if (!tree.isRead(directory)) return null
  return formatNumberOf(tree.columns.count[directory] ?? 0, 'entry', 'entries')
}
