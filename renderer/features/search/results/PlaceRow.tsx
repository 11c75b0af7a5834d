import { plural } from '@lingui/core/macro'
import { memo, type ReactElement } from 'react'
import classes from './Results.module.css'
import { Chevron, frameOf, type RowFrame } from './row-frame.tsx'

export interface PlaceRowProps extends RowFrame {
  readonly name: string
  readonly paths: number
  readonly isLooking: boolean
}

/** A repository in which something was found. */
export const PlaceRow = memo(function PlaceRow({ name, paths, isLooking, ...frame }: PlaceRowProps): ReactElement {
  return (
    <div {...frameOf(frame)} className={classes['row']} aria-expanded={frame.isOpen} data-place>
      <div role="gridcell" className={classes['place']} data-act="open">
        <Chevron isOpen={frame.isOpen} />
        <span className={classes['text']}>{name}</span>
        <span className={classes['count']}>
          {isLooking
            ? plural(paths, { one: '# path so far', other: '# paths so far' })
            : plural(paths, { one: '# path', other: '# paths' })}
        </span>
      </div>
    </div>
  )
})
