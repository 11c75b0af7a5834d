import { t } from '@lingui/core/macro'
import type { ReactElement } from 'react'
import { EmptyState } from '../../components/EmptyState.tsx'

/** A file of no bytes. */
export function EmptyView(): ReactElement {
  return <EmptyState title={t`The file is empty`}>{t`It has no bytes, so there was nothing to read.`}</EmptyState>
}
