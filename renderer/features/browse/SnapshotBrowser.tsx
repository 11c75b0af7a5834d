import { useNavigate } from '@tanstack/react-router'
import { type ReactElement, useEffect, useSyncExternalStore } from 'react'
import type { Snapshot } from '../../../contract/shapes/snapshot.ts'
import { describeError } from '../../client/describe-fault.ts'
import { formatMoment } from '../../components/format.ts'
import { useKeys } from '../../components/keys.tsx'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import { Page } from '../../components/Page.tsx'
import { SectionCard } from '../../components/SectionCard.tsx'
import { TreeGrid } from '../../components/tree/TreeGrid.tsx'
import classes from './Browse.module.css'
import { NodeDetails } from './NodeDetails.tsx'
import { SelectionActions } from './SelectionActions.tsx'
import { SnapshotChips } from './SnapshotChips.tsx'
import { useSelection, useSnapshotTrees } from './selection.tsx'
import type { SnapshotKey } from './snapshot-trees.ts'

export interface SnapshotBrowserProps {
  readonly place: SnapshotKey
  readonly snapshot: Snapshot
}

/** The tree, what the active row is, and what is selected. */
export function SnapshotBrowser({ place, snapshot }: SnapshotBrowserProps): ReactElement {
  const tree = useSnapshotTrees().open(place, snapshot.treeId)
  const selection = useSelection(place)
  const navigate = useNavigate()
  useSyncExternalStore(tree.subscribe, tree.version)
  // What fails is kept by the tree and shown in it.
  useEffect(() => void tree.start(), [tree])
  const restore = (): void => {
    if (selection.count === 0) return
    void navigate({
      to: '/hosts/$hostId/restore',
      params: { hostId: place.hostId },
      search: { repository: place.repositoryId, snapshot: place.snapshotId },
    })
  }
  useKeys([
    { keys: '↑↓', label: 'move' },
    { keys: '→', label: 'open' },
    { keys: 'Space', label: 'select' },
    { keys: 'mod+A', label: 'select all' },
    { keys: 'mod+Enter', label: 'restore selection', run: restore },
  ])
  return (
    <Page
      fill
      title={formatMoment(new Date(snapshot.time))}
      about={<SnapshotChips snapshot={snapshot} />}
      actions={<SelectionActions selection={selection} onRestore={restore} />}
    >
      <div className={classes['split']}>
        {tree.isReady ? (
          <TreeGrid
            store={tree}
            label="Files of the snapshot"
            describe={(error) => {
              const { title, nextStep } = describeError(error)
              return `${title}. ${nextStep}`
            }}
            focusFirst
          />
        ) : (
          <SectionCard>
            <LoadingRows label="Reading the snapshot" rows={14} columns="1fr 84px 108px 88px" />
          </SectionCard>
        )}
        <NodeDetails tree={tree} />
      </div>
    </Page>
  )
}
