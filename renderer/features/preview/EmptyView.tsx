import type { ReactElement } from 'react'
import { EmptyState } from '../../components/EmptyState.tsx'

/** A file of no bytes. */
export function EmptyView(): ReactElement {
  return <EmptyState title="The file is empty">It has no bytes, so there was nothing to read.</EmptyState>
}
