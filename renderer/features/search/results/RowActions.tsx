import { t } from '@lingui/core/macro'
import { IconArrowBackUp, IconBasketPlus, IconEye, IconHistory, IconListTree } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import classes from './Results.module.css'

export interface RowActionsProps {
  /** It can be looked into. */
  readonly isFile: boolean
  /** Its versions are not what this row is itself one of. */
  readonly hasVersions: boolean
}

const ICONS = {
  show: <IconListTree size={15} stroke={1.7} />,
  versions: <IconHistory size={15} stroke={1.7} />,
  preview: <IconEye size={15} stroke={1.7} />,
  basket: <IconBasketPlus size={15} stroke={1.7} />,
  restore: <IconArrowBackUp size={15} stroke={1.7} />,
} as const

/**
 * What can be done with a row, for the pointer; the keys do the same. Clicks are handled once, by the grid. Only the row
 * that is pointed at or worked on has them: on all they would be most of what is drawn.
 */
export function RowActions({ isFile, hasVersions }: RowActionsProps): ReactElement {
  return (
    <div role="gridcell" className={classes['actions']}>
      <Act act="show" label={t`Show in tree`} />
      {hasVersions && <Act act="versions" label={t`Versions`} />}
      {isFile && <Act act="preview" label={t`Preview`} />}
      <Act act="basket" label={t`Add to basket`} />
      <Act act="restore" label={t`Restore…`} />
    </div>
  )
}

function Act({ act, label }: { readonly act: keyof typeof ICONS; readonly label: string }): ReactElement {
  return (
    <button type="button" tabIndex={-1} data-act={act} title={label} aria-label={label}>
      {ICONS[act]}
    </button>
  )
}
