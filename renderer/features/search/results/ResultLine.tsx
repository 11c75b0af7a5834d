import type { ReactElement } from 'react'
import { useHosts } from '../../../client/hosts-context.tsx'
import { placeName } from '../place-names.ts'
import type { SearchForm } from '../search-form.ts'
import type { SearchRun } from '../search-run.ts'
import { PathRow } from './PathRow.tsx'
import { PlaceRow } from './PlaceRow.tsx'
import { pathCells, versionCells } from './result-cells.ts'
import type { ResultRow } from './result-rows.ts'
import type { RowFrame } from './row-frame.tsx'
import { VersionRow } from './VersionRow.tsx'

export interface ResultLineProps extends Omit<RowFrame, 'level' | 'isOpen'> {
  readonly run: SearchRun
  readonly form: SearchForm
  readonly row: ResultRow
  /** Paths have versions to open. */
  readonly canOpen: boolean
}

/** One row of the list, of whatever kind. It reads what there is now; what it draws is drawn again only when that changed. */
export function ResultLine({ run, form, row, canOpen, ...frame }: ResultLineProps): ReactElement | null {
  const hosts = useHosts().value
  const { rows, results, state } = run
  const place = results.places[row.place]
  if (place === undefined) return null
  const within = rows.grouped ? 1 : 0
  const shared = { ...frame, isOpen: rows.isOpen(row) }
  switch (row.kind) {
    case 'place':
      return (
        <PlaceRow
          {...shared}
          level={1}
          name={placeName(hosts, place)}
          paths={place.paths.length}
          isLooking={place.state === 'looking' && state === 'looking'}
        />
      )
    case 'path':
      return (
        <PathRow
          {...shared}
          {...pathCells(place, row.path)}
          level={within + 1}
          canOpen={canOpen}
          mark={form.kind === 'text' ? form.text : ''}
          matchCase={form.matchCase}
        />
      )
    case 'version':
      return <VersionRow {...shared} {...versionCells(place, row)} level={within + 2} />
  }
}
