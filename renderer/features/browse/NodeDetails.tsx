import { Button, Group, Text, Title, Tooltip } from '@mantine/core'
import type { ReactElement } from 'react'
import { Bytes } from '../../components/Bytes.tsx'
import { FactList } from '../../components/FactList.tsx'
import { FileName } from '../../components/FileName.tsx'
import { formatExact, formatNumberOf } from '../../components/format.ts'
import { formatMode } from '../../components/format-mode.ts'
import { Section, SectionCard } from '../../components/SectionCard.tsx'
import type { TreeStore } from '../../components/tree/tree-store.ts'
import type { ActiveNode } from './active-node.ts'
import classes from './Browse.module.css'
import { FolderSize } from './FolderSize.tsx'
import { NodeMore } from './NodeMore.tsx'
import { TYPE_WORDS } from './node-words.ts'
import type { SnapshotKey } from './snapshot-trees.ts'
import type { NodeActions } from './use-node-actions.ts'

export interface NodeDetailsProps {
  readonly place: SnapshotKey
  readonly tree: TreeStore
  /** What the keyboard is on; null when it is on no node. */
  readonly node: ActiveNode | null
  readonly act: Pick<NodeActions, 'preview' | 'versions'>
}

/** What is known of the row that the keyboard is on, and what can be done with it. */
export function NodeDetails({ place, tree, node, act }: NodeDetailsProps): ReactElement {
  return (
    <aside className={classes['details']} aria-label="Details">
      <SectionCard>
        {node === null ? (
          <Text p="md" c="dimmed">
            Details of the row you are on stand here.
          </Text>
        ) : (
          <>
            <Facts place={place} node={node} />
            <Section title="As it was recorded">
              <NodeMore place={place} tree={tree} />
            </Section>
            <Section title="Look at it">
              <Group gap="xs">
                {node.type === 'file' && (
                  <Tooltip label="See what is in the file. It is written down in the audit.">
                    <Button variant="default" size="compact-sm" onClick={act.preview}>
                      Preview
                    </Button>
                  </Tooltip>
                )}
                <Tooltip label="The snapshots in which it changed">
                  <Button variant="default" size="compact-sm" onClick={act.versions}>
                    Versions…
                  </Button>
                </Tooltip>
              </Group>
            </Section>
          </>
        )}
      </SectionCard>
    </aside>
  )
}

function Facts({ place, node }: { readonly place: SnapshotKey; readonly node: ActiveNode }): ReactElement {
  const { name, path, type, mode, modified, linkTarget, entries, treeId } = node
  return (
    <div className={classes['facts']}>
      <Title order={2}>
        <FileName name={name} plain />
      </Title>
      <FactList
        facts={[
          { term: 'In', value: <FileName name={path.slice(0, path.lastIndexOf('/')) || '/'} /> },
          { term: 'Type', value: TYPE_WORDS[type] },
          { term: 'Link to', value: linkTarget === undefined ? null : <FileName name={linkTarget} /> },
          { term: 'Size', value: type === 'file' ? <Bytes value={node.size} /> : null },
          { term: 'Holds', value: entries === undefined ? null : formatNumberOf(entries, 'entry', 'entries') },
          {
            term: 'In all',
            value: treeId === undefined ? null : <FolderSize address={{ ...place, treeId }} />,
          },
          { term: 'Modified', value: formatExact(new Date(modified)) },
          {
            term: 'Mode',
            value: <FileName name={`${formatMode(type, mode)}  ${mode.toString(8).padStart(4, '0')}`} />,
          },
        ]}
      />
    </div>
  )
}
