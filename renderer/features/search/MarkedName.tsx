import type { ReactElement } from 'react'
import { FileName } from '../../components/FileName.tsx'
import classes from './Results.module.css'

export interface MarkedNameProps {
  readonly name: string
  readonly mark: string
  readonly matchCase: boolean
}

/** A name with the part that was looked for set off. */
export function MarkedName({ name, mark, matchCase }: MarkedNameProps): ReactElement {
  const at = mark === '' ? -1 : placeOf(mark, name, matchCase)
  if (at < 0) return <FileName name={name} plain />
  const end = at + mark.length
  return (
    <>
      {at > 0 && <FileName name={name.slice(0, at)} plain />}
      <mark className={classes['mark']}>
        <FileName name={name.slice(at, end)} plain />
      </mark>
      {end < name.length && <FileName name={name.slice(end)} plain />}
    </>
  )
}

function placeOf(mark: string, name: string, matchCase: boolean): number {
  if (matchCase) return name.indexOf(mark)
  const lower = name.toLowerCase()
  // A few letters are longer in lower case: then no place in one is a place in the other.
  return lower.length === name.length ? lower.indexOf(mark.toLowerCase()) : -1
}
