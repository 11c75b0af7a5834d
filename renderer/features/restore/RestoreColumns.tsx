import { t } from '@lingui/core/macro'
import type { ReactElement, ReactNode } from 'react'
import { SectionCard } from '../../components/SectionCard.tsx'
import classes from './Restore.module.css'

export interface RestoreColumnsProps {
  readonly children: ReactNode
  /** Stands beside the sections, and stays in sight. */
  readonly beside: ReactNode
}

/** The sections of a restore, and what has to hold beside them. */
export function RestoreColumns({ children, beside }: RestoreColumnsProps): ReactElement {
  return (
    <div className={classes['columns']}>
      <SectionCard>{children}</SectionCard>
      <aside className={classes['beside']} aria-label={t`Checks`}>
        {beside}
      </aside>
    </div>
  )
}
