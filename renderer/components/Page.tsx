import { Title } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'
import { useInTurn } from './use-in-turn.ts'
import classes from './Page.module.css'

export interface PageProps {
  readonly title: ReactNode
  /** Stands right after the title: a count, chips, a state. */
  readonly about?: ReactNode
  /** Stand at the right end of the title's line. */
  readonly actions?: ReactNode
  readonly children: ReactNode
  /** The content fills the window and scrolls within itself (a table, a tree), in place of the page scrolling. */
  readonly fill?: boolean
}

/**
 * A screen: its heading line and its content, with the spacing that all screens share. The heading takes the place of the
 * screen before at once, what stands beside it and the content follow.
 */
export function Page({ title, about, actions, children, fill = false }: PageProps): ReactElement {
  const drawn = useInTurn(2)
  return (
    <div className={classes['page']} data-fill={fill || undefined}>
      <header className={classes['header']}>
        <Title order={1}>{title}</Title>
        {drawn > 0 && about !== undefined && <div className={classes['about']}>{about}</div>}
        {drawn > 0 && actions !== undefined && <div className={classes['actions']}>{actions}</div>}
      </header>
      {drawn > 1 && children}
    </div>
  )
}
