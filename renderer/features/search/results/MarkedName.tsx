import type { ReactElement } from 'react'
import { FileName, splitName } from '../../../components/FileName.tsx'
import { useMasks } from '../../../components/masks.ts'
import classes from './Results.module.css'

export interface MarkedNameProps {
  readonly name: string
  /** Empty for nothing. */
  readonly mark: string
  readonly matchCase: boolean
}

/** A name with the part that was looked for set off. One with odd characters is shown as everywhere, without a mark. */
export function MarkedName({ name, mark, matchCase }: MarkedNameProps): ReactElement {
  const { areOn } = useMasks()
  const isPlain = splitName(name).every(({ escape }) => !escape)
  const at = mark === '' || areOn || !isPlain ? -1 : placeOf(mark, name, matchCase)
  if (at < 0) return <FileName name={name} plain />
  const end = at + mark.length
  return (
    <span className={classes['marked']}>
      {name.slice(0, at)}
      <mark>{name.slice(at, end)}</mark>
      {name.slice(end)}
    </span>
  )
}

function placeOf(mark: string, name: string, matchCase: boolean): number {
  if (matchCase) return name.indexOf(mark)
  const lower = name.toLowerCase()
  // A few letters are longer in lower case: then no place in one is a place in the other.
  return lower.length === name.length ? lower.indexOf(mark.toLowerCase()) : -1
}
