import { createContext, type ReactElement, type ReactNode, useContext, useEffect, useState } from 'react'

export interface Crumb {
  readonly label: string
  /** A path within the console, as `/hosts/local`; absent for the place where one is. */
  readonly path?: string
}

const CrumbsContext = createContext<readonly Crumb[]>([])
const PlaceContext = createContext<((crumbs: readonly Crumb[]) => void) | null>(null)

/** Keeps where in the console the screen is, so that the frame can show it. */
export function TrailProvider({ children }: { readonly children: ReactNode }): ReactElement {
  const [crumbs, place] = useState<readonly Crumb[]>([])
  return (
    <PlaceContext value={place}>
      <CrumbsContext value={crumbs}>{children}</CrumbsContext>
    </PlaceContext>
  )
}

/** Say where the screen is; the window is called so too. Called once by each page. */
export function useTrail(crumbs: readonly Crumb[]): void {
  const place = useContext(PlaceContext)
  if (place === null) throw new Error('TrailProvider is missing')
  const written = JSON.stringify(crumbs)
  useEffect(() => {
    place(JSON.parse(written) as readonly Crumb[])
  }, [written, place])
}

/** Where the screen is. */
export function useCrumbs(): readonly Crumb[] {
  return useContext(CrumbsContext)
}
