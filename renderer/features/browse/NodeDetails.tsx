import { plural, t } from '@lingui/core/macro'
import { Text, Title } from '@mantine/core'
import type { ReactElement } from 'react'
import { Bytes } from '../../components/Bytes.tsx'
import { type Fact, FactList } from '../../components/FactList.tsx'
import { FileName } from '../../components/FileName.tsx'
import { formatExact } from '../../components/format.ts'
import { formatMode } from '../../components/format-mode.ts'
import { NODE_TYPE_WORDS } from '../../components/node-types.ts'
import { SectionCard } from '../../components/SectionCard.tsx'
import type { TreeStore } from '../../components/tree/tree-store.ts'
import type { SnapshotKey } from '../basket/index.ts'
import type { ActiveNode } from './active-node.ts'
import classes from './Browse.module.css'
import { FolderSize } from './FolderSize.tsx'
import { NodeButtons } from './NodeButtons.tsx'
import { NodeMore } from './NodeMore.tsx'
import type { NodeActions } from './use-node-actions.ts'

export interface NodeDetailsProps extends Pick<NodeActions, 'node' | 'act'> {
  readonly place: SnapshotKey
  readonly tree: TreeStore
}

/** What is known of the row that the keyboard is on, and what can be done with it. */
export function NodeDetails({ place, tree, node, act }: NodeDetailsProps): ReactElement {
  return (
    <aside className={classes['details']} aria-label={t`Details`}>
      <SectionCard>
        {node === null ? (
          <Text p="md" c="dimmed">{t`Details of the current row appear here.`}</Text>
        ) : (
          <>
            <header className={classes['head']}>
              <Title order={2}>
                <FileName name={node.name} plain />
              </Title>
              <NodeButtons hostId={place.hostId} node={node} act={act} />
            </header>
            <div className={classes['facts']}>
              <FactList facts={factsOf(node)} />
              <NodeMore place={place} tree={tree} />
            </div>
          </>
        )}
      </SectionCard>
    </aside>
  )
}

/** What the listing says. */
function factsOf({ path, type, mode, modified, linkTarget, entries, size, count }: ActiveNode): readonly Fact[] {
  return [
    { term: t`In`, value: <FileName name={path.slice(0, path.lastIndexOf('/')) || '/'} /> },
    { term: t`Type`, value: NODE_TYPE_WORDS[type] },
    { term: t`Link to`, value: linkTarget === undefined ? null : <FileName name={linkTarget} /> },
    { term: t`Size`, value: type === 'file' ? <Bytes value={size} /> : null },
    { term: t`Holds`, value: entries === undefined ? null : plural(entries, { one: '# entry', other: '# entries' }) },
    { term: t`In all`, value: count === undefined ? null : <FolderSize count={count} /> },
    { term: t`Modified`, value: formatExact(new Date(modified)) },
    {
      term: t`Mode`,
      value: <FileName name={`${formatMode(type, mode)}  ${mode.toString(8).padStart(4, '0')}`} />,
    },
  ]
}
