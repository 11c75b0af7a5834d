import { t } from '@lingui/core/macro'
import { type ReactElement, useState } from 'react'
import { useRowHeight } from '../../components/use-row-height.ts'
import { useRowWindow } from '../../components/use-row-window.ts'
import { useVersionKeys } from './use-version-keys.ts'
import { VersionActions } from './VersionActions.tsx'
import { VersionOption } from './VersionOption.tsx'
import classes from './Versions.module.css'
import type { VersionsDrawerProps } from './VersionsDrawer.tsx'
import type { VersionRow } from './version-rows.ts'

export interface VersionListProps
  extends Pick<VersionsDrawerProps, 'path' | 'onShow' | 'onPreview' | 'onAdd' | 'onRestore' | 'onClose'> {
  /** Newest first; at least one. */
  readonly rows: readonly VersionRow[]
}

const ROW_PIXELS = 58
/** Where the active row waits while it is scrolled out of sight: were it not mounted, the focus would be lost. */
const AWAY = -9999

/** The versions as a list to choose from, and what can be done with the one that is chosen. */
export function VersionList({ rows, path, onShow, onPreview, onAdd, onRestore }: VersionListProps): ReactElement {
  const lookedAt = Math.max(
    0,
    rows.findIndex(({ isLookedAt }) => isLookedAt),
  )
  const [active, setActive] = useState(lookedAt)
  const { scroller, ...sight } = useRowWindow({ count: rows.length, rowHeight: useRowHeight(ROW_PIXELS) })
  const chosen = rows[Math.min(active, rows.length - 1)]
  const act = {
    show: () => chosen?.node && onShow(chosen.snapshot, path),
    preview: () => chosen?.node?.type === 'file' && onPreview(chosen.snapshot.id, path, chosen.node.size),
    add: () => chosen?.node && onAdd(chosen.snapshot, path),
    restore: () => chosen?.node && onRestore(chosen.snapshot, path),
  }
  const move = (position: number): void => {
    setActive(position)
    sight.show(position)
  }
  const input = useVersionKeys({ scroller, active, last: rows.length - 1, page: sight.page, move, act })
  const isAway = active < sight.first || active >= sight.end
  const positions = Array.from({ length: sight.end - sight.first }, (_, step) => sight.first + step)
  if (isAway) positions.push(active)
  return (
    <>
      <div ref={scroller} className={classes['list']} role="listbox" aria-label={t`Versions`} tabIndex={-1} {...input}>
        <div role="presentation" style={{ height: sight.barHeight }} />
        {positions.map((position) => {
          const row = rows[position]
          return (
            row !== undefined && (
              <VersionOption
                key={position}
                row={row}
                position={position}
                count={rows.length}
                isActive={position === active}
                offset={isAway && position === active ? AWAY : sight.offsetOf(position)}
              />
            )
          )
        })}
      </div>
      {chosen !== undefined && <VersionActions row={chosen} {...act} />}
    </>
  )
}
