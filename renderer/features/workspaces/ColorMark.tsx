import type { CSSProperties, ReactElement } from 'react'
import type { WorkspaceColor } from '../../../contract/shapes/workspace.ts'
import { workspaceColor } from '../../workspace-colors.ts'
import classes from './Workspaces.module.css'

/** A workspace's colour, beside its name. */
export function ColorMark({ color }: { readonly color: WorkspaceColor }): ReactElement {
  return <span className={classes['mark']} style={{ '--mark': workspaceColor(color) } as CSSProperties} />
}
