import { t } from '@lingui/core/macro'
import { type ReactElement, useSyncExternalStore } from 'react'
import type { Snapshot } from '../../../contract/shapes/snapshot.ts'
import { formatMoment } from '../../components/format.ts'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import { Page } from '../../components/Page.tsx'
import { SectionCard } from '../../components/SectionCard.tsx'
import { TreeGrid } from '../../components/tree/TreeGrid.tsx'
import { type SnapshotKey, useSelection, useSnapshotTrees } from '../basket/index.ts'
import type { Away } from '../hosts/index.ts'
import classes from './Browse.module.css'
import { BrowseDrawers } from './BrowseDrawers.tsx'
import { CompareMenu } from './CompareMenu.tsx'
import { describeUnread } from './describe-unread.ts'
import { NodeDetails } from './NodeDetails.tsx'
import { SelectionActions } from './SelectionActions.tsx'
import { ServedMark } from './ServedMark.tsx'
import { SnapshotChips } from './SnapshotChips.tsx'
import { useBrowseKeys } from './use-browse-keys.ts'
import { useComparing } from './use-comparing.ts'
import { useNodeActions } from './use-node-actions.ts'
import { useReading } from './use-reading.ts'
import { useRestoreLinks } from './use-restore-links.ts'

export interface SnapshotBrowserProps {
  readonly place: SnapshotKey
  readonly snapshot: Snapshot
  /** Why nothing new can be read now; null while it can. */
  readonly away: Away | null
  /** Stands above the tree. */
  readonly banner: ReactElement
  /** A directory could not be read because nobody answers, though it seemed that somebody would. */
  onUnreachable(): void
}

/** The tree, what the active row is, and what is selected. */
export function SnapshotBrowser({ place, snapshot, away, banner, onUnreachable }: SnapshotBrowserProps): ReactElement {
  const tree = useSnapshotTrees().open(place, snapshot.treeId)
  const selection = useSelection(place)
  useSyncExternalStore(tree.subscribe, tree.version)
  const isAway = away !== null
  const { node, act, drawers, countOf } = useNodeActions({ place, tree, isAway })
  useReading({ tree, isAway, onUnreachable })
  const { restore, toBasket } = useRestoreLinks({ place, isAway, isChosen: selection.count > 0 })
  const comparing = useComparing(place, { path: node?.path ?? '/', isAway })
  useBrowseKeys({ place, act, onRestore: restore, onBasket: toBasket, ...comparing })
  return (
    <Page
      fill
      title={formatMoment(new Date(snapshot.time))}
      about={
        <>
          <SnapshotChips snapshot={snapshot} />
          {!isAway && <ServedMark place={place} />}
        </>
      }
      actions={
        <>
          <CompareMenu {...comparing} />
          <SelectionActions place={place} selection={selection} away={away} onRestore={restore} />
        </>
      }
    >
      {banner}
      <div className={classes['split']}>
        {tree.isReady ? (
          <TreeGrid
            store={tree}
            label={t`Files of the snapshot`}
            describe={(error) => describeUnread(error, away)}
            folderBytes={(treeId) => {
              const count = countOf(treeId)
              return count?.state === 'known' ? count.totals.bytes : undefined
            }}
            focusFirst
          />
        ) : (
          <SectionCard>
            <LoadingRows label={t`Reading the snapshot`} rows={14} columns="1fr 84px 108px 88px" />
          </SectionCard>
        )}
        <NodeDetails place={place} tree={tree} node={node} act={act} />
      </div>
      <BrowseDrawers place={place} drawers={drawers} />
    </Page>
  )
}
