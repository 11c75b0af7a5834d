import type { ReactElement, Ref } from 'react'
import { showFileName } from '../../../contract/shapes/file-name.ts'
import { formatZoned } from '../../components/format.ts'
import { useMasks } from '../../components/masks.ts'
import classes from './RunLog.module.css'
import type { LogLine } from './run-view.ts'

export interface LogRowProps {
  readonly line: LogLine
  readonly index: number
  /** Pixels from the beginning of the log. */
  readonly top: number
  readonly ref: Ref<HTMLDivElement>
}

/** One line of a log at its place: the host's clock, and what was said. */
export function LogRow({ line, index, top, ref }: LogRowProps): ReactElement {
  const at = new Date(line.at)
  const masks = useMasks()
  return (
    <div
      ref={ref}
      data-index={index}
      data-level={line.level}
      className={classes['line']}
      style={{ transform: `translateY(${top}px)` }}
    >
      <time dateTime={line.at} title={formatZoned(at)}>
        {at.toTimeString().slice(0, 8)}
      </time>
      <span>{showFileName(masks.text(line.text))}</span>
    </div>
  )
}
