import { Children, type ReactElement, type ReactNode } from 'react'
import { useInTurn } from './use-in-turn.ts'

/** Draws its parts one after the other, so that a page of many is seen, and can be used, before all of it is there. */
export function InTurn({ children }: { readonly children: ReactNode }): ReactElement {
  const parts = Children.toArray(children)
  return <>{parts.slice(0, useInTurn(parts.length, { paced: true }))}</>
}
