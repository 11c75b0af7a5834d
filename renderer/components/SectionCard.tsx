import { Paper, Title } from '@mantine/core'
import type { CSSProperties, ReactElement, ReactNode } from 'react'
import classes from './SectionCard.module.css'

export interface SectionCardProps {
  /** Makes it a region of the page that can be gone to. */
  readonly label?: string
  readonly children: ReactNode
}

/** A panel of sections, parted by rules. */
export function SectionCard({ label, children }: SectionCardProps): ReactElement {
  return (
    <Paper
      className={classes['card'] ?? ''}
      {...(label === undefined ? {} : { component: 'section', 'aria-label': label })}
    >
      {children}
    </Paper>
  )
}

export interface SectionProps {
  /** Names it, and lets it be given the focus. */
  readonly id?: string
  readonly title: ReactNode
  /** The step's number in a wizard. */
  readonly number?: number
  /** Stands at the right of the title. */
  readonly aside?: ReactNode
  /** Not yet to be filled in: dimmed and out of reach of keyboard and pointer. */
  readonly disabled?: boolean
  /** Marks what changes or removes things that people use. */
  readonly danger?: boolean
  /** A colour that the whole section is tinted with. */
  readonly tint?: string | undefined
  readonly children?: ReactNode
}

/** One section of a panel: a heading and what belongs to it. */
export function Section({
  id,
  title,
  number,
  aside,
  disabled = false,
  danger = false,
  tint,
  children,
}: SectionProps): ReactElement {
  return (
    <section
      {...(id === undefined ? {} : { id, tabIndex: -1 })}
      className={classes['section']}
      data-disabled={disabled || undefined}
      data-danger={danger || undefined}
      data-tinted={tint !== undefined || undefined}
      style={tint === undefined ? undefined : ({ '--tint': tint } as CSSProperties)}
      inert={disabled}
    >
      <header>
        {number !== undefined && (
          <span className={classes['number']} aria-hidden="true">
            {number}
          </span>
        )}
        <Title order={2}>{title}</Title>
        {aside !== undefined && <div className={classes['aside']}>{aside}</div>}
      </header>
      {children}
    </section>
  )
}
